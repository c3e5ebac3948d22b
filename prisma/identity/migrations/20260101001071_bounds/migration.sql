-- How often mails about an account went to it lately is counted by what was told, whether a link was made anew or mailed again.
create index notice_of_account_lately on identity.notice (told_at) where account_id is not null;
