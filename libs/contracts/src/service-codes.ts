// The services of the French nomenclature of digital mediation (LaMedNum 1.0.2, field `services`), by codes of our own: the
// national file has labels only, and labels are reworded. A code is never renamed or reused.

export const SERVICE_NAMES = {
  administrative_steps: 'Aide aux démarches administratives',
  everyday_tools: 'Maîtrise des outils numériques du quotidien',
  employment: 'Insertion professionnelle via le numérique',
  safe_use: 'Utilisation sécurisée du numérique',
  family_and_education: 'Parentalité et éducation avec le numérique',
  leisure_and_creation: 'Loisirs et créations numériques',
  digital_world: 'Compréhension du monde numérique',
  access_and_equipment: 'Accès internet et matériel informatique',
  equipment_at_solidarity_price: 'Acquisition de matériel informatique à prix solidaire',
} as const;
export type ServiceCode = keyof typeof SERVICE_NAMES;
export const SERVICE_CODES = Object.keys(SERVICE_NAMES) as [ServiceCode, ...ServiceCode[]];

/** The same in English; ours, because the standard has none. */
export const SERVICE_NAMES_IN_ENGLISH: Readonly<Record<ServiceCode, string>> = {
  administrative_steps: 'Help with administrative steps',
  everyday_tools: 'Everyday digital tools',
  employment: 'Digital skills for employment',
  safe_use: 'Safe use of digital tools',
  family_and_education: 'Family life and education in a digital world',
  leisure_and_creation: 'Digital leisure and creation',
  digital_world: 'Understanding the digital world',
  access_and_equipment: 'Internet access and computers on site',
  equipment_at_solidarity_price: 'Buying computers at a solidarity price',
};
