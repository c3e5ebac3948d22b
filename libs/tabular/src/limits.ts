// Every bound of this lib, with where it comes from.

/** The national standard has 32 columns, the widest file seen 69. */
export const COLUMNS_MAX = 200;
/** Of all rows of a file together: each name is looked at in each of the rows that a preview reads. */
export const NAMES_MAX = 400;
/** Lines over a table before its header: a title, a subtitle, a date, and as many again. */
export const TITLES_MAX = 6;
/** The longest row seen has 9,000 characters. Beyond this it is many rows that an open quote made into one. */
export const ROW_CHARACTERS_MAX = 60_000;
/** Bytes decoded before the event loop and the reader of rows get their turn. */
export const SLICE_BYTES = 65_536;
/** A row of a JSON list is an object of texts and, at most, lists of texts. */
export const JSON_DEPTH_MAX = 8;
