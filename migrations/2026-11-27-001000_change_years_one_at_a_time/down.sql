drop function alone_with_years;
