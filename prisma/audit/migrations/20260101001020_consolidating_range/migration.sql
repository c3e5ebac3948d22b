-- The range that the earlier system aimed at for a place and year, as it published it. The source gives two ends and no middle: the value
-- between them is ours, and says so. Where somebody has published a version already, that one stays.
insert into audit.impact_coefficient (code, version, low, value, high, source, source_year, scope, published_by, published_at)
select 'consolidating_cents_per_year', 1, 1500000, 2000000, 2500000,
  'APTIC, aide en ligne 44001809202 (ratio consolidateur) : de 15 000 à 25 000 euros par lieu et par an', 2021,
  'France, lieux de médiation numérique ; une cible, non un engagement ; la valeur est le milieu de la fourchette', 'the earlier system', '2026-01-01T00:00:00Z'
where not exists (select from audit.impact_coefficient where code = 'consolidating_cents_per_year');
