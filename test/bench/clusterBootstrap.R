# Six measures of agreement with a cluster bootstrap by the package boot; prints milliseconds.
# Usage: Rscript clusterBootstrap.R ratings.csv RESAMPLES; ratings.csv has the columns a, b (0 to 10) and cluster (from 1).
library(boot)

arguments <- commandArgs(trailingOnly = TRUE)
ratings <- read.csv(arguments[1])
K <- 11
score <- 0:(K - 1)
squares <- outer(score, score, function(x, y) (x - y)^2)
cells <- split(ratings$a * K + ratings$b + 1, ratings$cluster)

six <- function(clusters, drawn) {
  table <- matrix(tabulate(unlist(clusters[drawn]), K * K), K, K, byrow = TRUE)
  n <- sum(table)
  rows <- rowSums(table)
  columns <- colSums(table)
  exact <- sum(diag(table)) / n
  chance <- sum(rows * columns) / n^2
  observed <- sum(table * squares)
  quadratic <- 1 - n * observed / sum(outer(rows, columns) * squares)
  sum_a <- sum(rows * score)
  sum_b <- sum(columns * score)
  aa <- sum(rows * score^2)
  bb <- sum(columns * score^2)
  ab <- sum(table * outer(score, score))
  total <- sum_a + sum_b
  alpha <- 1 - (2 * n - 1) * 2 * observed / (2 * (2 * n * (aa + bb) - total^2))
  pearson <- (n * ab - sum_a * sum_b) / sqrt((n * aa - sum_a^2) * (n * bb - sum_b^2))
  grand <- total / (2 * n)
  between_rows <- (aa + 2 * ab + bb) / 2 - 2 * n * grand^2
  between_columns <- (sum_a^2 + sum_b^2) / n - 2 * n * grand^2
  error <- aa + bb - 2 * n * grand^2 - between_rows - between_columns
  msr <- between_rows / (n - 1)
  mse <- error / (n - 1)
  icc <- (msr - mse) / (msr + mse + 2 * (between_columns - mse) / n)
  c(exact, (exact - chance) / (1 - chance), quadratic, alpha, pearson, icc)
}

set.seed(1)
start <- proc.time()[["elapsed"]]
made <- boot(cells, six, R = as.integer(arguments[2]))
ends <- apply(made$t, 2, quantile, c(0.025, 0.975))
cat(1000 * (proc.time()[["elapsed"]] - start), "\n")
