drop table letters, letter_templates;
drop function record_change_of_letters(), record_change_of_letter_templates();
