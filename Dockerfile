# One image for every service; docker-compose.yml says which one a container runs.
FROM node:24-bookworm-slim AS build
WORKDIR /srv/mereau
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node tools/build.mjs
# What only building, testing and the embedded PostgreSQL need stays behind.
RUN npm prune --omit=dev --omit=optional --ignore-scripts && rm -rf node_modules/.cache

FROM node:24-bookworm-slim
WORKDIR /srv/mereau
ENV NODE_ENV=production MEREAU_ENV=production HOST=0.0.0.0 PORT=3000
# The same bound as start.mjs sets.
ENV NODE_OPTIONS=--max-old-space-size=1024
COPY --from=build /srv/mereau/package.json ./
COPY --from=build /srv/mereau/node_modules ./node_modules
COPY --from=build /srv/mereau/prisma ./prisma
COPY --from=build /srv/mereau/dist ./dist
# The reference for developers is served from these.
COPY --from=build /srv/mereau/docs/openapi.json /srv/mereau/docs/messages.md ./docs/
COPY --from=build /srv/mereau/docs/events ./docs/events
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Signals reach Node itself: no shell and no npm in between.
CMD ["node", "--enable-source-maps", "dist/apps/cli/src/main.js", "help"]
