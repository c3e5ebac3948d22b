import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { Problem } from '#libs/http';
import { KEPT_FILES, TILL_FILES, TILL_VERSION, TILL_WORKER } from './till-files.js';

/** The worker that reads QRs compiles WebAssembly; its own policy allows it, and those of the pages do not. */
const QR_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const MANIFEST = {
  name: 'Méreau – Encaisser', short_name: 'Méreau', id: '/till', start_url: '/till', scope: '/', display: 'standalone', lang: 'fr',
  background_color: '#ffffff', theme_color: '#6a2459',
  icons: [{ src: '/assets/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
};

/** The scripts of the till, what makes it installable, and the reader of QRs; nothing of it is from elsewhere. */
@ApiExcludeController()
@Controller()
export class TillAssetsController {
  @Get('till-worker.js')
  @AllowOnly('anyone')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'no-cache')
  @Header('content-security-policy', "default-src 'none'; connect-src 'self'")
  serviceWorker(): string {
    return TILL_WORKER;
  }

  @Get('assets/till-files.json')
  @AllowOnly('anyone')
  @Header('cache-control', 'no-cache')
  list(): { files: readonly string[] } {
    return { files: KEPT_FILES };
  }

  @Get('assets/manifest.webmanifest')
  @AllowOnly('anyone')
  @Header('content-type', 'application/manifest+json')
  @Header('cache-control', 'public, max-age=600')
  manifest(): string {
    return JSON.stringify(MANIFEST);
  }

  @Get(['assets/till/:version/:name', 'assets/till/:version/zxing/:library'])
  @AllowOnly('anyone')
  file(@Param() { version, name, library }: Record<string, string>, @Res() reply: FastifyReply): void {
    const path = library === undefined ? String(name) : `zxing/${library}`;
    const file = version === TILL_VERSION ? TILL_FILES.get(path) : undefined;
    if (!file) throw new Problem('route_not_found');
    void reply.headers({
      'content-type': file.type, 'cache-control': 'public, max-age=31536000, immutable',
      ...(path === 'qr-worker.js' && { 'content-security-policy': QR_POLICY }),
    }).send(file.content);
  }
}
