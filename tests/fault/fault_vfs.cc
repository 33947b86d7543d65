// SPDX-License-Identifier: Apache-2.0
#include "tests/fault/fault_vfs.h"

#include <sqlite3.h>
#include <unistd.h>

#include <new>

namespace litmill::testing {
namespace {

FaultMode g_mode = FaultMode::kCount;
int g_at = 0, g_code = 0, g_operations = 0, g_injected = 0;

/// A file of the real VFS behind one of ours; the real one's memory follows it.
struct FaultFile {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_vfs* Real() { return sqlite3_vfs_find("unix"); }
sqlite3_file* RealFile(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file)->real; }

/// The code with which this operation must fail, or SQLITE_OK. `tear` is done before dying in kTearAndDie.
template <typename Tear>
int Hit(int fallback, const Tear& tear) {
  ++g_operations;
  const bool now = g_operations == g_at || (g_mode == FaultMode::kFailForEver && g_operations > g_at);
  if (!now || g_mode == FaultMode::kCount) return SQLITE_OK;
  if (g_mode == FaultMode::kTearAndDie) tear();
  if (g_mode == FaultMode::kDie || g_mode == FaultMode::kTearAndDie) _exit(kDiedOnPurpose);
  ++g_injected;
  return g_code == SQLITE_FULL ? (fallback == SQLITE_IOERR_WRITE ? SQLITE_FULL : fallback) : fallback;
}
int Hit(int fallback) {
  return Hit(fallback, [] {});
}

int Close(sqlite3_file* f) { return RealFile(f)->pMethods->xClose(RealFile(f)); }
int Read(sqlite3_file* f, void* buffer, int size, sqlite3_int64 at) {
  return RealFile(f)->pMethods->xRead(RealFile(f), buffer, size, at);
}
int Write(sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
  sqlite3_file* real = RealFile(f);
  const int code = Hit(SQLITE_IOERR_WRITE, [&] { real->pMethods->xWrite(real, bytes, size / 2, at); });
  return code != SQLITE_OK ? code : real->pMethods->xWrite(real, bytes, size, at);
}
int Truncate(sqlite3_file* f, sqlite3_int64 size) {
  const int code = Hit(SQLITE_IOERR_TRUNCATE);
  return code != SQLITE_OK ? code : RealFile(f)->pMethods->xTruncate(RealFile(f), size);
}
/// Counted, not done: it is the process that dies here, not the machine, and a real fsync makes these tests take
/// minutes.
int Sync(sqlite3_file*, int) { return Hit(SQLITE_IOERR_FSYNC); }
int FileSize(sqlite3_file* f, sqlite3_int64* size) { return RealFile(f)->pMethods->xFileSize(RealFile(f), size); }
int Lock(sqlite3_file* f, int level) { return RealFile(f)->pMethods->xLock(RealFile(f), level); }
int Unlock(sqlite3_file* f, int level) { return RealFile(f)->pMethods->xUnlock(RealFile(f), level); }
int CheckReservedLock(sqlite3_file* f, int* out) { return RealFile(f)->pMethods->xCheckReservedLock(RealFile(f), out); }
int FileControl(sqlite3_file* f, int op, void* arg) {
  return RealFile(f)->pMethods->xFileControl(RealFile(f), op, arg);
}
int SectorSize(sqlite3_file* f) { return RealFile(f)->pMethods->xSectorSize(RealFile(f)); }
int DeviceCharacteristics(sqlite3_file* f) { return RealFile(f)->pMethods->xDeviceCharacteristics(RealFile(f)); }
int ShmMap(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return RealFile(f)->pMethods->xShmMap(RealFile(f), page, size, extend, out);
}
int ShmLock(sqlite3_file* f, int offset, int n, int flags) {
  return RealFile(f)->pMethods->xShmLock(RealFile(f), offset, n, flags);
}
void ShmBarrier(sqlite3_file* f) { RealFile(f)->pMethods->xShmBarrier(RealFile(f)); }
int ShmUnmap(sqlite3_file* f, int remove) { return RealFile(f)->pMethods->xShmUnmap(RealFile(f), remove); }

const sqlite3_io_methods kMethods = {2,
                                     Close,
                                     Read,
                                     Write,
                                     Truncate,
                                     Sync,
                                     FileSize,
                                     Lock,
                                     Unlock,
                                     CheckReservedLock,
                                     FileControl,
                                     SectorSize,
                                     DeviceCharacteristics,
                                     ShmMap,
                                     ShmLock,
                                     ShmBarrier,
                                     ShmUnmap,
                                     nullptr,
                                     nullptr};

int Open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  auto* ours = new (file) FaultFile{};
  ours->real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(FaultFile));
  if ((flags & SQLITE_OPEN_CREATE) != 0) {
    const int code = Hit(SQLITE_CANTOPEN);
    if (code != SQLITE_OK) return code;
  }
  const int code = Real()->xOpen(Real(), name, ours->real, flags, out_flags);
  if (code == SQLITE_OK) ours->base.pMethods = &kMethods;
  return code;
}
int Delete(sqlite3_vfs*, const char* name, int sync) {
  const int code = Hit(SQLITE_IOERR_DELETE);
  static_cast<void>(sync);
  return code != SQLITE_OK ? code : Real()->xDelete(Real(), name, 0);
}

}  // namespace

void ArmFault(FaultMode mode, int at, int code) {
  static sqlite3_vfs vfs = [] {
    sqlite3_initialize();
    sqlite3_vfs copy = *Real();  // time, random numbers, access and paths stay the system's
    copy.zName = kFaultVfs;
    copy.pNext = nullptr;
    copy.szOsFile = static_cast<int>(sizeof(FaultFile)) + Real()->szOsFile;
    copy.xOpen = Open;
    copy.xDelete = Delete;
    return copy;
  }();
  sqlite3_vfs_register(&vfs, 0);
  g_mode = mode;
  g_at = at;
  g_code = code;
  g_operations = g_injected = 0;
}

int FaultOperations() { return g_operations; }
int FaultsInjected() { return g_injected; }

}  // namespace litmill::testing
