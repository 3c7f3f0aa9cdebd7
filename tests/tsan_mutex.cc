// Linked into every program and test under ThreadSanitizer, and only there. Debian's
// Abseil is built without it, so TSan does not see that absl::Mutex orders what two
// threads do, and reports races where there are none. These functions stand before
// Abseil's own, call them, and tell TSan of the order. Names are those of Debian 12's
// Abseil (inline namespace debian3).

#include <dlfcn.h>

#include <cstdint>

// What ThreadSanitizer is not to report.
extern "C" const char* __tsan_default_suppressions() {
  return
      // Gives up its share of a message: the library counts down, which is not seen, and
      // only who comes to zero deletes.
      "race:absl::debian3::Status::Unref\n"
      // Libraries of Debian that are built without it: what they do between themselves
      // cannot be judged.
      "called_from_lib:libgrpc++.so.1.51\n"
      "called_from_lib:libprotobuf.so.32\n"
      "called_from_lib:libgrpc.so.29\n"
      "called_from_lib:libcares.so.2\n"
      "called_from_lib:libaddress_sorting.so.29\n"
      "called_from_lib:libre2.so.9\n"
      "called_from_lib:libupb.so.29\n"
      "called_from_lib:libabsl_raw_hash_set.so.20220623\n"
      "called_from_lib:libabsl_hashtablez_sampler.so.20220623\n"
      "called_from_lib:libabsl_hash.so.20220623\n"
      "called_from_lib:libabsl_city.so.20220623\n"
      "called_from_lib:libabsl_low_level_hash.so.20220623\n"
      "called_from_lib:libgpr.so.29\n"
      "called_from_lib:libssl.so.3\n"
      "called_from_lib:libcrypto.so.3\n"
      "called_from_lib:libabsl_statusor.so.20220623\n"
      "called_from_lib:libabsl_status.so.20220623\n"
      "called_from_lib:libabsl_str_format_internal.so.20220623\n"
      "called_from_lib:libabsl_strerror.so.20220623\n"
      "called_from_lib:libabsl_bad_variant_access.so.20220623\n"
      "called_from_lib:libabsl_cord.so.20220623\n"
      "called_from_lib:libabsl_cordz_info.so.20220623\n"
      "called_from_lib:libabsl_cord_internal.so.20220623\n"
      "called_from_lib:libabsl_cordz_functions.so.20220623\n"
      "called_from_lib:libabsl_exponential_biased.so.20220623\n"
      "called_from_lib:libabsl_cordz_handle.so.20220623\n"
      "called_from_lib:libabsl_synchronization.so.20220623\n"
      "called_from_lib:libabsl_stacktrace.so.20220623\n"
      "called_from_lib:libabsl_symbolize.so.20220623\n"
      "called_from_lib:libabsl_debugging_internal.so.20220623\n"
      "called_from_lib:libabsl_demangle_internal.so.20220623\n"
      "called_from_lib:libabsl_graphcycles_internal.so.20220623\n"
      "called_from_lib:libabsl_malloc_internal.so.20220623\n"
      "called_from_lib:libabsl_time.so.20220623\n"
      "called_from_lib:libabsl_civil_time.so.20220623\n"
      "called_from_lib:libabsl_time_zone.so.20220623\n"
      "called_from_lib:libabsl_random_distributions.so.20220623\n"
      "called_from_lib:libabsl_random_seed_sequences.so.20220623\n"
      "called_from_lib:libabsl_random_internal_pool_urbg.so.20220623\n"
      "called_from_lib:libabsl_random_internal_randen.so.20220623\n"
      "called_from_lib:libabsl_random_internal_randen_hwaes.so.20220623\n"
      "called_from_lib:libabsl_random_internal_randen_hwaes_impl.so.20220623\n"
      "called_from_lib:libabsl_random_internal_randen_slow.so.20220623\n"
      "called_from_lib:libabsl_random_internal_platform.so.20220623\n"
      "called_from_lib:libabsl_random_internal_seed_material.so.20220623\n"
      "called_from_lib:libabsl_bad_optional_access.so.20220623\n"
      "called_from_lib:libabsl_strings.so.20220623\n"
      "called_from_lib:libabsl_strings_internal.so.20220623\n"
      "called_from_lib:libabsl_base.so.20220623\n"
      "called_from_lib:libabsl_spinlock_wait.so.20220623\n"
      "called_from_lib:libabsl_int128.so.20220623\n"
      "called_from_lib:libabsl_throw_delegate.so.20220623\n"
      "called_from_lib:libabsl_raw_logging_internal.so.20220623\n"
      "called_from_lib:libabsl_log_severity.so.20220623\n"
      "called_from_lib:libabsl_random_seed_gen_exception.so.20220623\n"
      "called_from_lib:librocksdb.so.7.8\n"
      "called_from_lib:liblz4.so.1\n"
      "race:^rocksdb::\n"
      // Its threads that copy backups hand each other strings, by functions of
      // std::string that it finds in this program, where they are watched.
      "race:librocksdb.so.7.8\n"
      "race:^std::__cxx11::basic_string<*>::rfind\n"
      "race:^void std::vector<std::__cxx11::basic_string<*>::_M_realloc_insert<\n"
      // It is closed, and its files let go, when its threads have ended their work, which
      // its own locks tell them.
      "race:^std::default_delete<rocksdb::DB>::\n"
      "race:labgraph::crash::PowerCutFiles\n"
      // RocksDB writes the batches of many threads in one of them.
      "race:StoreTest_WritersInManyThreadsLoseNothing_Test\n"
      // Reactors: libgrpc orders their calls, unseen.
      "race:^grpc::internal::\n"
      // What is sent is freed by libgrpc, which counts who still needs it.
      "race:^labgraph::client::internal::GrpcImportStream::ToBuffer\n"
      // Locked inside libprotobuf, which is not watched, and unlocked by code of its
      // headers.
      "mutex:^google::protobuf::\n"
      // RocksDB's pool of threads, whose mutex it made unseen.
      "mutex:power_cut_test.cc\n";
}

extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);

namespace {

// absl::Duration and absl::Time as they are passed.
struct Span {
  int64_t high;
  uint32_t low;
};

// The lock that this thread is giving back or waiting for.
thread_local void* at_work_on = nullptr;

class Working {
 public:
  explicit Working(void* mutex) : before_(at_work_on) {
    __tsan_release(mutex);
    at_work_on = mutex;
  }
  ~Working() { at_work_on = before_; }

 private:
  void* const before_;
};

template <typename Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

#define ABSL_NAME(name) "_ZN4absl7debian3" name

// void Mutex::F(): takes the lock.
#define TAKES(id, symbol)                          \
  extern "C" void id(void* mutex) asm(symbol);     \
  extern "C" void id(void* mutex) {                \
    static auto* real = Real<void(void*)>(symbol); \
    real(mutex);                                   \
    __tsan_acquire(mutex);                         \
  }
// void Mutex::F(): gives the lock back.
#define GIVES(id, symbol)                          \
  extern "C" void id(void* mutex) asm(symbol);     \
  extern "C" void id(void* mutex) {                \
    static auto* real = Real<void(void*)>(symbol); \
    const Working working(mutex);                  \
    real(mutex);                                   \
  }
// bool Mutex::F(): takes the lock if it gives true.
#define TRIES(id, symbol)                          \
  extern "C" bool id(void* mutex) asm(symbol);     \
  extern "C" bool id(void* mutex) {                \
    static auto* real = Real<bool(void*)>(symbol); \
    const bool taken = real(mutex);                \
    if (taken) __tsan_acquire(mutex);              \
    return taken;                                  \
  }
// R Mutex::F(condition), R CondVar::F(mutex): has the lock afterwards. `mutex` names
// which argument is the mutex.
#define WAITS(id, symbol, mutex)                             \
  extern "C" void id(void* first, void* second) asm(symbol); \
  extern "C" void id(void* first, void* second) {            \
    static auto* real = Real<void(void*, void*)>(symbol);    \
    const Working working(mutex);                            \
    real(first, second);                                     \
    __tsan_acquire(mutex);                                   \
  }
// bool F(.., until): as WAITS, with a limit in time.
#define WAITS_UNTIL(id, symbol, mutex)                                  \
  extern "C" bool id(void* first, void* second, Span span) asm(symbol); \
  extern "C" bool id(void* first, void* second, Span span) {            \
    static auto* real = Real<bool(void*, void*, Span)>(symbol);         \
    const Working working(mutex);                                       \
    const bool result = real(first, second, span);                      \
    __tsan_acquire(mutex);                                              \
    return result;                                                      \
  }

TAKES(TsanLock, ABSL_NAME("5Mutex4LockEv"))
TAKES(TsanReaderLock, ABSL_NAME("5Mutex10ReaderLockEv"))
GIVES(TsanUnlock, ABSL_NAME("5Mutex6UnlockEv"))
GIVES(TsanReaderUnlock, ABSL_NAME("5Mutex12ReaderUnlockEv"))
TRIES(TsanTryLock, ABSL_NAME("5Mutex7TryLockEv"))
TRIES(TsanReaderTryLock, ABSL_NAME("5Mutex13ReaderTryLockEv"))
WAITS(TsanLockWhen, ABSL_NAME("5Mutex8LockWhenERKNS0_9ConditionE"), first)
WAITS(TsanReaderLockWhen, ABSL_NAME("5Mutex14ReaderLockWhenERKNS0_9ConditionE"), first)
WAITS(TsanAwait, ABSL_NAME("5Mutex5AwaitERKNS0_9ConditionE"), first)
WAITS_UNTIL(TsanAwaitWithTimeout,
            ABSL_NAME("5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE"), first)
WAITS_UNTIL(TsanAwaitWithDeadline,
            ABSL_NAME("5Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE"), first)
WAITS_UNTIL(TsanLockWhenWithTimeout,
            ABSL_NAME("5Mutex19LockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE"),
            first)
WAITS_UNTIL(TsanLockWhenWithDeadline,
            ABSL_NAME("5Mutex20LockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE"), first)
WAITS(TsanCondWait, ABSL_NAME("7CondVar4WaitEPNS0_5MutexE"), second)
WAITS_UNTIL(TsanCondWaitWithTimeout,
            ABSL_NAME("7CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE"), second)
WAITS_UNTIL(TsanCondWaitWithDeadline,
            ABSL_NAME("7CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE"), second)

#define EVAL "_ZNK4absl7debian39Condition4EvalEv"

// Abseil asks conditions, whoever waits for them, with the lock held: in the middle of
// giving it back or of waiting.
extern "C" bool TsanEval(const void* condition) asm(EVAL);
extern "C" bool TsanEval(const void* condition) {
  static auto* real = Real<bool(const void*)>(EVAL);
  if (at_work_on == nullptr) return real(condition);
  __tsan_acquire(at_work_on);
  const bool holds = real(condition);
  __tsan_release(at_work_on);
  return holds;
}
