# Shared by the scripts beside it: one random stream per script, numbers written with all their digits.

start_stream <- function(seed) set.seed(seed, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

digits <- function(number) ifelse(is.na(number), "NA", ifelse(is.infinite(number), ifelse(number > 0, "Inf", "-Inf"), sprintf("%.17g", number)))

joined <- function(numbers) paste(ifelse(is.na(numbers), "NA", format(numbers, digits = 15, trim = TRUE, scientific = FALSE, drop0trailing = TRUE)), collapse = " ")

write_rows <- function(rows, file) {
  table <- do.call(rbind, lapply(rows, function(row) as.data.frame(lapply(row, function(cell) if (is.numeric(cell)) digits(cell) else cell))))
  write.csv(table, file, row.names = FALSE, quote = FALSE)
}

# Root of a function that changes its sign on the interval, to the last digits.
exact_root <- function(f, lower, upper) uniroot(f, c(lower, upper), tol = 1e-14, maxiter = 10000)$root
