-- An entry that comes late is judged by the version of the day of its service, not by the latest of all.
comment on table redemption.accreditation is 'A place may redeem vouchers of a programme for services between two days; of those that began by the day the highest version counts';
