drop procedure make_tenant_table(regclass, name);
drop procedure isolate(regclass);
