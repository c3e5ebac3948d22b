-- A payment file is handed out by whoever goes on, and by nobody else: one that the giver took as well would be paid twice.
create trigger refuse_when_ceded before insert on settlement.payment_file_download
  for each statement execute function settlement.refuse_when_ceded();
