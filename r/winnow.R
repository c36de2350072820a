# Winnow from R: files of references as a data frame, and which records are the same work. Base R alone.
#
#   source("winnow.R")
#   references <- winnow_read(c("scopus.csv", "medline.nbib"))
#   clusters <- winnow_dedup(c("scopus.csv", "medline.nbib"))
#
# Every function starts the program: the one of options(winnow.program = ), of the environment variable WINNOW, or `winnow` of the search path.
# What is odd in a file is a warning with its place; what cannot be read is an error.

# The path of the program.
winnow_program <- function() {
  program <- getOption("winnow.program", Sys.getenv("WINNOW", "winnow"))
  found <- Sys.which(program)
  if (!nzchar(found)) stop("there is no program '", program, "'; options(winnow.program = ) names it", call. = FALSE)
  unname(found)
}

# Starts the program; gives its standard output. Its lines on standard error are warnings, or the error if it fails.
winnow_call <- function(words) {
  told <- tempfile("winnow-")
  on.exit(unlink(told))
  out <- suppressWarnings(system2(winnow_program(), shQuote(enc2utf8(words)), stdout = TRUE, stderr = told))
  lines <- readLines(told, warn = FALSE, encoding = "UTF-8")
  status <- attr(out, "status")
  if (!is.null(status) && status != 0) stop(paste(c(sprintf("winnow ended with %d", status), lines), collapse = "\n"), call. = FALSE)
  for (line in grep(" warning \\[[a-z0-9.-]+\\]: | warning: ", lines, value = TRUE)) warning(line, call. = FALSE)
  out
}

# Paths as the program takes them: one that begins with a hyphen is no option.
winnow_paths <- function(files) {
  if (!is.character(files) || length(files) == 0 || anyNA(files)) stop("the path of a file is missing", call. = FALSE)
  files <- path.expand(files)
  ifelse(startsWith(files, "-"), file.path(".", files), files)
}

winnow_table <- function(path) {
  utils::read.csv(path, colClasses = "character", check.names = FALSE, na.strings = character(), encoding = "UTF-8", fileEncoding = "",
                  quote = "\"", comment.char = "", strip.white = FALSE)
}

# The records of files in any format that Winnow reads, in their order: a data frame of texts with the columns of `winnow convert --to csv`.
# importer names the format where the content does not tell, encoding a charset where the files do not tell.
winnow_read <- function(files, importer = NULL, encoding = NULL) {
  out <- tempfile("winnow-", fileext = ".csv")
  on.exit(unlink(out))
  winnow_call(c("convert", winnow_paths(files), "--to", "csv", "--set", "raw=true", "-o", out,
                if (!is.null(importer)) c("--from", importer), if (!is.null(encoding)) c("--encoding", encoding)))
  winnow_table(out)
}

# Which records are the same work: a data frame with a row for each record, record_id and cluster_id; equal cluster ids are one work. Records are
# named by the id that the file gives them, otherwise FILE#ORDINAL. profile: "strict", "default" or "broad".
winnow_dedup <- function(files, profile = NULL) {
  out <- tempfile("winnow-", fileext = ".csv")
  on.exit(unlink(out))
  winnow_call(c("dedup", winnow_paths(files), "--clusters", out, if (!is.null(profile)) c("--profile", profile)))
  winnow_table(out)
}
