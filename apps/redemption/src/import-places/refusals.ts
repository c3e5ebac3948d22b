// What an import of places says no to, its trial and its preview included.
import type { RefusalCatalogue } from '#libs/kernel';

export const FILES = {
  import_not_found: {
    status: 404, retryable: false,
    sentence: 'No import has this id.',
  },
  table_malformed: {
    status: 409, retryable: false,
    sentence: 'The file cannot be read to its end: look for a quote that never closes, or send it as what it is, CSV or a JSON list.',
  },
  table_empty: {
    status: 409, retryable: false,
    sentence: 'The file has no rows.',
  },
  table_too_long: {
    status: 409, retryable: false,
    sentence: 'The file has more rows than are taken at once: cut it in several.',
  },
  table_columns_missing: {
    status: 409, retryable: false,
    sentence: 'The file lacks columns of the national standard without which no row can be taken: see columns; a preview proposes a mapping of others.',
  },
  zone_version_decided: {
    status: 409, retryable: false,
    sentence: 'This version of the list was accepted or set aside already: import the file again to propose it anew.',
  },
  zone_version_unfinished: {
    status: 409, retryable: false,
    sentence: 'This version is still being read, or no row of it was taken: send the same file again, or a mended one.',
  },
  zone_version_own: {
    status: 403, retryable: false,
    sentence: 'Whoever imported a version does not take it into force: ask a colleague to compare it and accept it.',
  },
  zone_list_changed: {
    status: 409, retryable: false,
    sentence: 'Another version came into force since the difference was looked at: look at it again, then accept.',
  },
  zone_columns_missing: {
    status: 409, retryable: false,
    sentence: 'The file lacks columns without which no row of this list can be taken: see columns, and name those of the file like that.',
  },
  mapping_field_unknown: {
    status: 409, retryable: false,
    sentence: 'The mapping names fields that places do not have: see fields, and write them as a preview of the file does.',
  },
  mapping_header_missing: {
    status: 409, retryable: false,
    sentence: 'The mapping names columns that the file does not have: see headers, and write them as a preview of the file does.',
  },
  mapping_field_doubled: {
    status: 409, retryable: false,
    sentence: 'Several columns are mapped to what can hold one of them: see fields, and map one; what the others say would be lost.',
  },
  mapping_header_doubled: {
    status: 409, retryable: false,
    sentence: 'The file has two columns of one name that say different things, and one would be lost: see headers, and rename one in the file.',
  },
  mapping_field_missing: {
    status: 409, retryable: false,
    sentence: 'Nothing is mapped to fields without which no row can be taken: see fields; externalId may join columns, source be given by itself.',
  },
} as const satisfies RefusalCatalogue;
