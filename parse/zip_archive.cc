// SPDX-License-Identifier: Apache-2.0
#include "parse/zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <utility>

namespace litmill::parse {
namespace {

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }  // Never written to.
};
struct CloseMember {
  void operator()(zip_file_t* member) const { (void)zip_fclose(member); }
};

}  // namespace

struct ZipArchive::Impl {
  std::unique_ptr<zip_t, CloseArchive> archive;
  std::size_t bytes_left = 0;
};

ZipArchive::ZipArchive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

Result<ZipArchive> ZipArchive::Open(std::string_view bytes, std::size_t max_bytes) {
  zip_error_t error;
  zip_error_init(&error);
  const auto fail = [&error] {
    Error failure{ErrorCode::kCorruptInput, fmt::format("no zip archive: {}", zip_error_strerror(&error))};
    zip_error_fini(&error);
    return Fail(std::move(failure));
  };
  zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return fail();
  zip_t* const archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    zip_source_free(source);  // On success the archive owns it.
    return fail();
  }
  zip_error_fini(&error);
  auto impl = std::make_unique<Impl>();
  impl->archive.reset(archive);
  impl->bytes_left = max_bytes;
  return ZipArchive(std::move(impl));
}

bool ZipArchive::Has(const std::string& name) const {
  return zip_name_locate(impl_->archive.get(), name.c_str(), 0) >= 0;
}

Result<std::string> ZipArchive::Read(const std::string& name) {
  if (!Has(name)) return std::string();
  const std::unique_ptr<zip_file_t, CloseMember> member(zip_fopen(impl_->archive.get(), name.c_str(), 0));
  if (member == nullptr)
    return Fail(ErrorCode::kInvalidInput,
                fmt::format("{} cannot be unpacked: {}", name, zip_strerror(impl_->archive.get())));
  // What the archive says about sizes is not believed: the bound is on what comes out.
  std::string content;
  constexpr std::size_t kChunk = 1U << 16U;
  for (;;) {
    const std::size_t size = content.size();
    content.resize(size + kChunk);
    const zip_int64_t read = zip_fread(member.get(), content.data() + size, kChunk);
    if (read < 0) return Fail(ErrorCode::kCorruptInput, fmt::format("{} is damaged", name));
    content.resize(size + static_cast<std::size_t>(read));
    if (read == 0) break;
    if (content.size() > impl_->bytes_left)
      return Fail(ErrorCode::kInvalidInput, fmt::format("{} unpacks to more than a table can be", name));
  }
  impl_->bytes_left -= content.size();
  return content;
}

}  // namespace litmill::parse
