// What jemalloc asks a program for its settings (docs/adr/0010-allocator.md). Large
// pages: a walk jumps about in hundreds of megabytes of small blocks, and on small pages
// most of its time goes into looking their addresses up. The thread gives memory back
// that is used no more; blocks of many MB are no exception, for every batch of a load
// takes some and would otherwise fault all their pages in anew.
extern "C" {
const char* malloc_conf =
    "thp:always,metadata_thp:auto,background_thread:true,dirty_decay_ms:5000,"
    "oversize_threshold:0";
}
