/** In the packet, for whoever opens it by hand. */
export const PACKET_README = `FRANÇAIS

Ce paquet dit le chemin d'un argent et le prouve, sans qu'il faille croire celui qui l'a fait.

trace.fr.html      le chemin, en mots          events/     chaque événement, tel qu'il a été scellé, avec sa preuve
checkpoint.txt     la taille et la racine du journal, signées      keys.json   les clés publiques (à comparer avec une autre source)
documents/         les relevés et factures, tels que le demandeur pouvait les voir
manifest.json      l'empreinte SHA-256 de chaque fichier

Vérifier, avec Node.js et un seul fichier (docs/mereau-verify.mjs de Méreau) :
  node mereau-verify.mjs PAQUET.zip [--key CLÉ] [--checkpoint CHECKPOINT-GARDÉ]

ENGLISH

This packet tells the way of some money and proves it, without anybody having to believe who made it.

trace.en.html      the way, in words           events/     each event as it was sealed, with its proof
checkpoint.txt     size and root of the log, signed                keys.json   the public keys (compare with another source)
documents/         statements and invoices, as whoever asked was allowed to see them
manifest.json      the SHA-256 of each file

To verify, with Node.js and one file (docs/mereau-verify.mjs of Méreau):
  node mereau-verify.mjs PACKET.zip [--key KEY] [--checkpoint KEPT-CHECKPOINT]
`;
