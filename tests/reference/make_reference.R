# Re-creates every frozen number beside it: Rscript tests/reference/make_reference.R
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
setwd(dirname(normalizePath(script)))
for (part in c("rank_sum.R", "contingency.R", "summaries.R", "printed_tests.R", "events.R", "discrimination.R")) source(part, local = new.env())
packages <- c("brglm2", "cmprsk", "coin", "pROC", "survival")
writeLines(c(R.version.string, paste(packages, sapply(packages, function(name) as.character(packageVersion(name))))), "versions.txt")
