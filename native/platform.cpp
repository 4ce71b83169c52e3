#include "platform.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>
#include <psapi.h>
#define read_fd _read
#define write_fd _write
#define dup_fd _dup
#define dup2_fd _dup2
typedef int io_size;
#else
#include <csignal>
#include <unistd.h>
#define read_fd read
#define write_fd write
#define dup_fd dup
#define dup2_fd dup2
typedef ssize_t io_size;
#endif
#ifdef __APPLE__
#include <mach/mach.h>
#endif

namespace {
int output_fd = 1;
}

void claim_output() {
#ifdef _WIN32
    _setmode(0, _O_BINARY);
    _setmode(1, _O_BINARY);
#else
    signal(SIGPIPE, SIG_IGN);
#endif
    output_fd = dup_fd(1);
    dup2_fd(2, 1);
#ifdef _WIN32
    _setmode(output_fd, _O_BINARY);
#endif
}

ReadState read_input(void * data, size_t size) {
    auto * bytes = static_cast<char *>(data);
    size_t done = 0;
    while (done < size) {
        const io_size n = read_fd(0, bytes + done, static_cast<unsigned>(size - done));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return done == 0 ? ReadState::nothing : ReadState::cut;
        }
        done += size_t(n);
    }
    return ReadState::full;
}

bool write_output(const void * data, size_t size) {
    const auto * bytes = static_cast<const char *>(data);
    while (size > 0) {
        const io_size n = write_fd(output_fd, bytes, static_cast<unsigned>(size));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        bytes += n;
        size -= size_t(n);
    }
    return true;
}

uint64_t resident_bytes() {
#if defined(_WIN32)
    PROCESS_MEMORY_COUNTERS counters;
    return GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)) ? counters.WorkingSetSize : 0;
#elif defined(__APPLE__)
    mach_task_basic_info info;
    mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
    const auto rc = task_info(mach_task_self(), MACH_TASK_BASIC_INFO, reinterpret_cast<task_info_t>(&info), &count);
    return rc == KERN_SUCCESS ? info.resident_size : 0;
#else
    FILE * file = fopen("/proc/self/statm", "r");
    if (!file) {
        return 0;
    }
    unsigned long total = 0;
    unsigned long resident = 0;
    const int found = fscanf(file, "%lu %lu", &total, &resident);
    fclose(file);
    return found == 2 ? uint64_t(resident) * uint64_t(sysconf(_SC_PAGESIZE)) : 0;
#endif
}

void leave(int code) {
    fflush(stderr);
    _Exit(code);
}
