alter table change_events drop column transaction_id;
