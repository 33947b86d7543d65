// SPDX-License-Identifier: Apache-2.0
#include "fetch/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace litmill::fetch {

struct GunzipStream::State {
  z_stream stream{};
  bool usable = false;
};

GunzipStream::GunzipStream() : state_(std::make_unique<State>()) {
  constexpr int kGzipOnly = 15 + 16;
  state_->usable = inflateInit2(&state_->stream, kGzipOnly) == Z_OK;
}

GunzipStream::~GunzipStream() {
  if (state_->usable) inflateEnd(&state_->stream);
}

GunzipStream::Status GunzipStream::Feed(std::string_view packed, std::string& out, std::size_t max_bytes) {
  if (!state_->usable) return Status::kDamaged;
  z_stream& stream = state_->stream;
  std::array<char, 16'384> buffer{};
  // zlib's interface is not const-correct; it does not write to its input.
  stream.next_in = static_cast<Bytef*>(static_cast<void*>(const_cast<char*>(packed.data())));
  stream.avail_in = static_cast<uInt>(packed.size());  // a callback's share, at most some kilobytes
  bool more = stream.avail_in > 0;
  while (more) {
    if (at_member_end_) {
      if (inflateReset(&stream) != Z_OK) return Status::kDamaged;
      at_member_end_ = false;
    }
    stream.next_out = static_cast<Bytef*>(static_cast<void*>(buffer.data()));
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int code = inflate(&stream, Z_NO_FLUSH);
    const std::size_t unpacked = buffer.size() - stream.avail_out;
    if (unpacked > max_bytes - std::min(out.size(), max_bytes)) return Status::kTooLarge;
    out.append(buffer.data(), unpacked);
    if (code == Z_STREAM_END) at_member_end_ = true;
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return Status::kDamaged;
    more = stream.avail_in > 0 || stream.avail_out == 0;
    if (code == Z_STREAM_END && stream.avail_in == 0) more = false;
    if (code == Z_BUF_ERROR) more = false;
  }
  return Status::kOk;
}

}  // namespace litmill::fetch
