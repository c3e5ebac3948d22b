// The fields that a place has for whoever says which column of a file is which: each stands for one column of the standard, and
// is known by what people call it in files of their own.

type FieldRule = Readonly<{
  /** Of the standard v1.0.2, where `readPlace` looks for it. */
  column: string;
  /** What stands between the texts of several columns; null where a second column would be lost. */
  glue: ' ' | '|' | '; ' | null;
  /** Folded names that leave no doubt, the standard's own and those of its older versions first. */
  names: readonly string[];
}>;

const one = (column: string, ...names: string[]): FieldRule => ({ column, glue: null, names });
const joined = (column: string, ...names: string[]): FieldRule => ({ column, glue: ' ', names });
const listed = (column: string, ...names: string[]): FieldRule => ({ column, glue: '|', names });

export const FIELDS = {
  externalId: joined('id', 'id', 'identifiant', 'identifiant unique', 'uid', 'uuid', 'ref', 'reference', 'id structure', 'id lieu', 'code structure'),
  source: one('source', 'source', 'producteur', 'fournisseur', 'source de la donnee'),
  siret: one('pivot', 'pivot', 'siret', 'n siret', 'no siret', 'num siret', 'numero siret', 'numero de siret', 'siret structure', 'code siret'),
  name: joined('nom', 'nom', 'nom du lieu', 'nom lieu', 'nom de la structure', 'nom structure', 'structure', 'lieu', 'intitule', 'intitule du lieu', 'denomination',
    'raison sociale', 'etablissement', 'nom de l etablissement', 'libelle', 'designation', 'name'),
  street: joined('adresse', 'adresse', 'adresse postale', 'adresse 1', 'rue', 'voie', 'adresse de la structure', 'adresse du lieu', 'adresse complete', 'localisation'),
  complement: joined('complement_adresse', 'complement adresse', 'complement d adresse', 'complement', 'adresse 2', 'batiment'),
  postalCode: one('code_postal', 'code postal', 'cp', 'codepostal', 'code post', 'c p', 'code postal et ville', 'cp ville', 'zip', 'postcode'),
  commune: one('commune', 'commune', 'ville', 'nom commune', 'nom de la commune', 'localite', 'municipalite', 'lib commune', 'libelle commune'),
  inseeCode: one('code_insee', 'code insee', 'insee', 'code commune', 'code insee commune', 'insee com', 'codgeo', 'depcom', 'com insee', 'citycode'),
  latitude: one('latitude', 'latitude', 'lat', 'coord y', 'y', 'y wgs84', 'latitude y'),
  longitude: one('longitude', 'longitude', 'lon', 'long', 'lng', 'coord x', 'x', 'x wgs84', 'longitude x'),
  position: one('position', 'position', 'geo point 2d', 'geo point', 'geopoint', 'coordonnees', 'coordonnees gps', 'gps', 'geolocalisation', 'coordonnees geographiques'),
  kinds: listed('typologie', 'typologie', 'typologies', 'type', 'type de structure', 'type de lieu', 'categorie', 'nature'),
  telephone: listed('telephone', 'telephone', 'tel', 'numero de telephone', 'n telephone', 'n de telephone', 'telephone fixe', 'tel fixe', 'phone', 'portable', 'mobile'),
  emails: listed('courriels', 'courriels', 'courriel', 'email', 'e mail', 'mail', 'adresse mail', 'adresse email', 'adresse e mail', 'adresse electronique',
    'adresse de courriel', 'mel'),
  websites: listed('site_web', 'site web', 'site internet', 'site', 'url', 'web', 'website', 'lien', 'page web', 'site www'),
  openingHours: { column: 'horaires', glue: '; ', names: ['horaires', 'horaire', 'horaires d ouverture', 'heures d ouverture', 'ouverture', 'opening hours'] },
  summary: joined('presentation_resume', 'presentation resume', 'resume', 'presentation', 'description courte'),
  description: joined('presentation_detail', 'presentation detail', 'description', 'detail', 'commentaire', 'commentaires', 'observations', 'informations'),
  roaming: listed('itinerance', 'itinerance', 'itinerant'),
  parentBody: joined('structure_parente', 'structure parente', 'structure porteuse', 'gestionnaire', 'organisme', 'organisme gestionnaire', 'porteur'),
  updatedOn: one('date_maj', 'date maj', 'date de maj', 'date de mise a jour', 'mise a jour', 'maj', 'date mise a jour', 'derniere mise a jour', 'modifie le', 'updated at'),
  services: listed('services', 'services', 'service', 'services proposes', 'offre', 'offres', 'activites', 'prestations', 'accompagnements', 'thematiques'),
  audiences: listed('publics_specifiquement_adresses', 'publics specifiquement adresses', 'publics accueillis', 'publics', 'public', 'public vise', 'public accueilli'),
  specificSupport: listed('prise_en_charge_specifique', 'prise en charge specifique', 'accueil specifique', 'handicaps'),
  accessFees: listed('frais_a_charge', 'frais a charge', 'conditions acces', 'conditions access', 'conditions d acces', 'tarif', 'tarifs', 'prix', 'gratuite', 'cout'),
  programmes: listed('dispositif_programmes_nationaux', 'dispositif programmes nationaux', 'labels nationaux', 'dispositifs'),
  trainings: listed('formations_labels', 'formations labels', 'labels', 'label'),
  otherLabels: listed('autres_formations_labels', 'autres formations labels', 'labels autres', 'autres labels'),
  accessModes: listed('modalites_acces', 'modalites acces', 'modalites d acces', 'acces'),
  supportModes: listed('modalites_accompagnement', 'modalites accompagnement', 'modalites d accompagnement'),
  accessibilityPage: one('fiche_acces_libre', 'fiche acces libre', 'acces libre', 'accessibilite'),
  appointmentPage: one('prise_rdv', 'prise rdv', 'prise de rdv', 'prise de rendez vous', 'rendez vous', 'rdv', 'rdv en ligne'),
} as const satisfies Record<string, FieldRule>;

export type Field = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[];
export const ruleOf = (field: Field): FieldRule => FIELDS[field];

/** Without one of these no row can be taken: of another list's place with the same id it could not be told apart. */
export const NEEDED_FIELDS: readonly Field[] = ['externalId', 'source', 'name', 'postalCode'];

/** For whoever checks a mapping. */
export const MAPPABLE = { all: FIELD_NAMES, needed: NEEDED_FIELDS, takesOne: (field: Field): boolean => ruleOf(field).glue === null };
