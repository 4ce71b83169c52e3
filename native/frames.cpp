#include "frames.h"

#include "platform.h"

#include <cstring>
#include <mutex>

namespace {

const uint8_t  MAGIC[4]          = { 'V', 'G', 'S', '1' };
const uint32_t MAX_HEADER_BYTES  = 1024 * 1024;
const uint32_t MAX_PAYLOAD_BYTES = 30 * 16000 * 2;

uint32_t get_u32(const uint8_t * p) {
    return p[0] | (uint32_t(p[1]) << 8) | (uint32_t(p[2]) << 16) | (uint32_t(p[3]) << 24);
}

void put_u32(uint8_t * p, uint32_t v) {
    for (int i = 0; i < 4; i++) {
        p[i] = (v >> (8 * i)) & 0xff;
    }
}

} // namespace

ReadResult read_frame(Frame & frame) {
    uint8_t prefix[12];
    const ReadState state = read_input(prefix, sizeof(prefix));
    if (state != ReadState::full) {
        return state == ReadState::nothing ? ReadResult::end : ReadResult::garbage;
    }
    const uint32_t header_bytes  = get_u32(prefix + 4);
    const uint32_t payload_bytes = get_u32(prefix + 8);
    if (memcmp(prefix, MAGIC, 4) != 0 || header_bytes == 0 || header_bytes > MAX_HEADER_BYTES ||
        payload_bytes > MAX_PAYLOAD_BYTES) {
        return ReadResult::garbage;
    }
    frame.header.resize(header_bytes);
    frame.payload.resize(payload_bytes);
    if (read_input(&frame.header[0], header_bytes) != ReadState::full) {
        return ReadResult::garbage;
    }
    if (payload_bytes > 0 && read_input(frame.payload.data(), payload_bytes) != ReadState::full) {
        return ReadResult::garbage;
    }
    return ReadResult::frame;
}

bool write_frame(const std::string & header) {
    static std::mutex mutex;
    std::vector<uint8_t> bytes(12 + header.size());
    memcpy(bytes.data(), MAGIC, 4);
    put_u32(bytes.data() + 4, uint32_t(header.size()));
    put_u32(bytes.data() + 8, 0);
    memcpy(bytes.data() + 12, header.data(), header.size());
    std::lock_guard<std::mutex> lock(mutex);
    return write_output(bytes.data(), bytes.size());
}
