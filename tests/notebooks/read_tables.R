# Every table of a finished folder, read as an analyst would: readr's read_csv, nothing set but silence. No parsing
# problem, numbers numeric, words character, no column guessed from emptiness; sums as pandas finds them.
#     Rscript read_tables.R FOLDER SUMS.csv      SUMS.csv: file,column,kind,rows,empty,sum
suppressPackageStartupMessages(library(readr))
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
wanted <- read_csv(arguments[2], show_col_types = FALSE, progress = FALSE)
faults <- character(0)
fault <- function(...) faults <<- c(faults, paste0(...))

for (file in list.files(folder, pattern = "\\.csv(\\.gz)?$")) {
    table <- read_csv(file.path(folder, file), show_col_types = FALSE, progress = FALSE)
    troubles <- problems(table)
    if (nrow(troubles) > 0) {
        fault(file, ": ", nrow(troubles), " parsing problems, the first in row ", troubles$row[1])
    }
    columns <- wanted[wanted$file == file, ]
    if (!identical(names(table), columns$column)) {
        fault(file, ": columns ", paste(names(table), collapse = ", "))
        next
    }
    for (i in seq_len(nrow(columns))) {
        values <- table[[columns$column[i]]]
        place <- paste0(file, ", ", columns$column[i])
        if (length(values) != columns$rows[i]) {
            fault(place, ": ", length(values), " rows, ", columns$rows[i], " wanted")
        }
        if (sum(is.na(values)) != columns$empty[i]) {
            fault(place, ": ", sum(is.na(values)), " empty, ", columns$empty[i], " wanted")
        }
        if (columns$empty[i] == columns$rows[i]) {
            next # nothing in it: any kind will do
        }
        if (columns$kind[i] == "number") {
            if (!is.numeric(values)) {
                fault(place, ": read as ", class(values)[1], ", not as numbers")
            } else if (abs(sum(values, na.rm = TRUE) - columns$sum[i]) > 1e-9 * sum(abs(values), na.rm = TRUE) + 1e-6) {
                fault(place, ": sum ", format(sum(values, na.rm = TRUE), digits = 16))
            }
        } else if (!is.character(values)) {
            fault(place, ": read as ", class(values)[1], ", not as words")
        }
    }
}
if (length(setdiff(wanted$file, list.files(folder))) > 0) {
    fault("missing: ", paste(setdiff(wanted$file, list.files(folder)), collapse = ", "))
}
cat(length(unique(wanted$file)), "tables,", nrow(wanted), "columns\n")
if (length(faults) > 0) {
    cat(faults, sep = "\n", file = stderr())
    quit(status = 1)
}
