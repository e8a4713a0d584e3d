# Re-creates every frozen number beside it: Rscript tests/reference/make_reference.R
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
setwd(dirname(normalizePath(script)))
for (part in c("rank_sum.R", "contingency.R", "summaries.R", "printed_tests.R")) source(part, local = new.env())
writeLines(c(R.version.string, paste(c("coin", "survival"), sapply(c("coin", "survival"), function(name) format(packageVersion(name))))), "versions.txt")
