drop table headcount_ticks, headcounts;
