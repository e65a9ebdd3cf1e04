"""The house on one laptop: embedded servers from wheels and the processes that `make up` runs."""
