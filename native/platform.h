// What differs between operating systems: raw pipes, memory in use, leaving at once.
#pragma once

#include <cstddef>
#include <cstdint>

// Keeps standard output for frames alone: whatever a library prints goes to standard error.
void claim_output();

enum class ReadState { full, nothing, cut };

// Reads exactly `size` bytes. `nothing`: end of file before the first byte; `cut`: end of file or error in between.
ReadState read_input(void * data, size_t size);
bool write_output(const void * data, size_t size);

// Resident memory of this process in bytes, 0 where the system does not say.
uint64_t resident_bytes();

// Cores this process may use, hyper-threads counted once where the system tells them apart; at least 1.
int physical_cores();

// Ends the process without destructors: worker threads may be inside the library.
[[noreturn]] void leave(int code);
