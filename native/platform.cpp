#include "platform.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

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
#include <sys/sysctl.h>
#endif
#ifdef __linux__
#include <sched.h>
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

int physical_cores() {
    const int logical = int(std::max(1u, std::thread::hardware_concurrency()));
#if defined(_WIN32)
    DWORD bytes = 0;
    GetLogicalProcessorInformation(nullptr, &bytes);
    std::vector<SYSTEM_LOGICAL_PROCESSOR_INFORMATION> found(bytes / sizeof(SYSTEM_LOGICAL_PROCESSOR_INFORMATION));
    if (found.empty() || !GetLogicalProcessorInformation(found.data(), &bytes)) {
        return logical;
    }
    const auto cores = std::count_if(found.begin(), found.end(), [](const SYSTEM_LOGICAL_PROCESSOR_INFORMATION & entry) {
        return entry.Relationship == RelationProcessorCore;
    });
    return std::max(1, std::min(logical, int(cores)));
#elif defined(__APPLE__)
    // The fast cores alone, where there are two kinds: a thread on a slow one makes the others wait.
    for (const char * name : { "hw.perflevel0.physicalcpu", "hw.physicalcpu" }) {
        int32_t cores = 0;
        size_t size = sizeof(cores);
        if (sysctlbyname(name, &cores, &size, nullptr, 0) == 0 && cores > 0) {
            return std::min(logical, int(cores));
        }
    }
    return logical;
#elif defined(__linux__)
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) {
        return logical;
    }
    std::set<std::string> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &allowed)) {
            continue;
        }
        std::ifstream file("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list");
        std::string siblings;
        if (!std::getline(file, siblings)) {
            return logical;
        }
        cores.insert(siblings);
    }
    return std::max(1, std::min(logical, int(cores.size())));
#else
    return logical;
#endif
}

void leave(int code) {
    fflush(stderr);
    _Exit(code);
}
