// What merging two entities and taking that back does to every statement there is.

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "google/protobuf/util/message_differencer.h"
#include "tests/model/attempt.h"

namespace labgraph::model {
namespace {

using google::protobuf::util::MessageDifferencer;
using Sources = google::protobuf::RepeatedPtrField<v1::Source>;

// Every source once, `from` called `to`.
Sources Renamed(const Sources& sources, const std::string& from, const std::string& to) {
  Sources renamed;
  for (v1::Source source : sources) {
    if (source.document() == from) source.set_document(to);
    const bool there =
        std::any_of(renamed.begin(), renamed.end(), [&](const v1::Source& other) {
          return MessageDifferencer::Equals(other, source);
        });
    if (!there) *renamed.Add() = source;
  }
  return renamed;
}

bool Cites(const Sources& sources, const std::string& id) {
  return std::any_of(sources.begin(), sources.end(),
                     [&](const v1::Source& source) { return source.document() == id; });
}

bool IsEnd(const std::string& id, const v1::Statement& s) {
  return s.subject() == id || s.object() == id;
}

// Whether a statement says what another said, with `from` called `to`.
bool SaysTheSame(const v1::Statement& now, v1::Statement former, const std::string& from,
                 const std::string& to) {
  if (former.subject() == from) former.set_subject(to);
  if (former.object() == from) former.set_object(to);
  const bool straight =
      now.subject() == former.subject() && now.object() == former.object();
  const bool round = now.subject() == former.object() && now.object() == former.subject();
  return now.predicate() == former.predicate() &&
         MessageDifferencer::Equals(now.value(), former.value()) &&
         (straight || (round && SpecOf(now.predicate()).symmetric));
}

// Ids of the records that `fits` says, in the order in which they were made.
template <typename Record, typename Fits>
std::vector<std::string> InOrder(const std::map<std::string, Versioned<Record>>& records,
                                 const Fits& fits) {
  std::vector<const Versioned<Record>*> found;
  for (const auto& [id, versioned] : records) {
    if (fits(*versioned.record)) found.push_back(&versioned);
  }
  std::sort(found.begin(), found.end(),
            [](const auto* a, const auto* b) { return a->number < b->number; });
  std::vector<std::string> ids;
  for (const Versioned<Record>* versioned : found) ids.push_back(versioned->record->id());
  return ids;
}

}  // namespace

Attempt::Result Attempt::Merge(const v1::MergeEntities& given) {
  const std::string& from = given.from();
  const std::string& into = given.into();
  if (Named(from)) return Fail(v1::ERROR_REASON_DUPLICATE_IN_COMMIT);
  if (from == into) return Fail(v1::ERROR_REASON_FIELD_INVALID);
  if (!Exists(into)) {
    return Fail(MissingReason(into, v1::ERROR_REASON_ENTITY_NOT_FOUND));
  }
  const auto before = state_.redirects.find(from);
  if (before != state_.redirects.end() && before->second->into == into) {
    return v1::OUTCOME_UNCHANGED;
  }
  if (!Exists(from)) {
    return Fail(MissingReason(from, v1::ERROR_REASON_ENTITY_NOT_FOUND));
  }
  auto redirect = std::make_shared<Redirect>();
  redirect->into = into;
  redirect->revision = revision_;
  redirect->order = merges_++;
  redirect->entity = *state_.entities.at(from).record;
  const auto refers = [&](const v1::Statement& s) {
    return IsEnd(from, s) || Cites(s.sources(), from);
  };
  const std::vector<std::string> moved = InOrder(state_.statements, refers);
  std::map<std::string, v1::Statement> taken;
  for (const std::string& id : moved) {
    const v1::Statement& s = *state_.statements.at(id).record;
    if (!IsEnd(from, s)) continue;
    taken[id] = s;
    state_.statements.erase(id);
  }
  for (const std::string& id : moved) {
    // As it is by now: one before may have been joined with it.
    const v1::Statement was =
        taken.count(id) > 0 ? taken[id] : *state_.statements.at(id).record;
    const v1::ErrorReason reason = Move(given, was, redirect.get());
    if (reason != v1::ERROR_REASON_UNSPECIFIED) return Fail(reason);
  }
  const auto cites = [&](const v1::Entity& entity) {
    return entity.id() != from && Cites(entity.sources(), from);
  };
  for (const std::string& id : InOrder(state_.entities, cites)) {
    v1::Entity citing = *state_.entities.at(id).record;
    redirect->citing.push_back(citing);
    *citing.mutable_sources() = Renamed(citing.sources(), from, into);
    Write(state_.entities, citing);
  }
  state_.entities.erase(from);
  state_.redirects[from] = std::move(redirect);
  changed_ = true;
  return v1::OUTCOME_UPDATED;
}

v1::ErrorReason Attempt::Move(const v1::MergeEntities& given, const v1::Statement& was,
                              Redirect* redirect) {
  const std::string& from = given.from();
  const std::string& into = given.into();
  Redirect::Moved& moved = redirect->statements.emplace_back();
  moved.was = was;
  v1::Statement s = was;
  *s.mutable_sources() = Renamed(s.sources(), from, into);
  if (!IsEnd(from, was)) {
    moved.became = s.id();
    return Put(s);
  }
  if (absl::StartsWith(s.id(), "s-")) s.clear_id();
  if (s.subject() == from) s.set_subject(into);
  if (s.object() == from) s.set_object(into);
  if (s.subject() == s.object()) return v1::ERROR_REASON_UNSPECIFIED;
  const v1::ErrorReason reason = Normalize(&s);
  if (reason != v1::ERROR_REASON_UNSPECIFIED) return reason;
  moved.became = s.id();
  const auto there = state_.statements.find(s.id());
  if (there == state_.statements.end()) return Put(s);
  moved.joined = *there->second.record;
  v1::Statement joined = *moved.joined;
  joined.mutable_sources()->MergeFrom(s.sources());
  *joined.mutable_sources() = Renamed(joined.sources(), "", "");
  return Put(joined);
}

Attempt::Result Attempt::Unmerge(const std::string& id) {
  if (Named(id)) return Fail(v1::ERROR_REASON_DUPLICATE_IN_COMMIT);
  const auto it = state_.redirects.find(id);
  if (it == state_.redirects.end()) return Fail(v1::ERROR_REASON_ENTITY_NOT_MERGED);
  const std::shared_ptr<const Redirect> redirect = it->second;
  if (!Exists(redirect->into) && state_.redirects.count(redirect->into) > 0) {
    return Fail(v1::ERROR_REASON_ENTITY_MERGED);
  }
  state_.redirects.erase(it);
  changed_ = true;
  separated_.clear();
  Write(state_.entities, Former(redirect->entity, id));
  for (const bool between : {false, true}) {
    for (const Redirect::Moved& moved : redirect->statements) {
      if (moved.became.empty() != between) continue;
      const v1::ErrorReason reason = Restore(*redirect, moved);
      if (reason != v1::ERROR_REASON_UNSPECIFIED) return Fail(reason);
    }
  }
  for (const v1::Entity& was : redirect->citing) {
    const auto now = state_.entities.find(was.id());
    if (now == state_.entities.end() || now->second.revision > redirect->revision) {
      continue;
    }
    Write(state_.entities, Former(was, id));
  }
  return v1::OUTCOME_CREATED;
}

v1::ErrorReason Attempt::LaterMerge(const Redirect& redirect,
                                    const Redirect::Moved& moved, bool there) const {
  const std::string& id = redirect.entity.id();
  if (!IsEnd(id, moved.was)) return v1::ERROR_REASON_UNSPECIFIED;
  v1::Statement made = moved.was;
  if (made.subject() == id) made.set_subject(redirect.into);
  if (made.object() == id) made.set_object(redirect.into);
  for (const auto& [other, later] : state_.redirects) {
    for (const Redirect::Moved& theirs : later->statements) {
      const bool moved_on = theirs.was.id() == moved.became && IsEnd(other, made);
      const bool joined = theirs.joined.has_value() && theirs.became == moved.became &&
                          std::make_pair(later->revision, later->order) >
                              std::make_pair(redirect.revision, redirect.order);
      if (there ? joined : moved_on) return v1::ERROR_REASON_ENTITY_MERGED;
    }
  }
  return v1::ERROR_REASON_UNSPECIFIED;
}

v1::ErrorReason Attempt::Restore(const Redirect& redirect, const Redirect::Moved& moved) {
  const std::string& id = redirect.entity.id();
  if (moved.became.empty()) {
    if (!Exists(redirect.into)) return v1::ERROR_REASON_UNSPECIFIED;
    return Put(Former(moved.was, id), /*restoring=*/true);
  }
  const auto now = state_.statements.find(moved.became);
  const v1::Statement& moved_from = moved.joined.has_value() ? *moved.joined : moved.was;
  const bool there = now != state_.statements.end() &&
                     SaysTheSame(*now->second.record, moved_from, id, redirect.into);
  if (!there && moved.joined.has_value() && separated_.count(moved.became) > 0) {
    return Put(Former(moved.was, id), /*restoring=*/true);
  }
  const v1::ErrorReason later = LaterMerge(redirect, moved, there);
  if (!there || later != v1::ERROR_REASON_UNSPECIFIED) return later;
  const bool changed = now->second.revision > redirect.revision;
  v1::Statement restored = moved.was;
  if (moved.joined.has_value()) {
    v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
    v1::Statement left = *moved.joined;
    left.mutable_sources()->MergeFrom(Renamed(moved.was.sources(), id, redirect.into));
    *left.mutable_sources() = Renamed(left.sources(), "", "");
    const bool as_left =
        !changed || MessageDifferencer::Equals(left, *now->second.record);
    if (as_left) reason = Put(Former(*moved.joined, id), /*restoring=*/true);
    if (reason != v1::ERROR_REASON_UNSPECIFIED) return reason;
  } else if (!IsEnd(id, moved.was)) {
    if (changed) return v1::ERROR_REASON_UNSPECIFIED;
  } else {
    if (changed) {
      restored = *now->second.record;
      restored.set_id(moved.was.id());
      restored.set_subject(moved.was.subject());
      if (restored.has_object()) restored.set_object(moved.was.object());
    }
    state_.statements.erase(now);
    separated_.insert(moved.became);
  }
  return Put(Former(restored, id), /*restoring=*/true);
}

template <typename Record>
Record Attempt::Former(Record record, const std::string& restored) const {
  Sources kept;
  for (v1::Source source : record.sources()) {
    std::string document = source.document();
    while (document != restored && !Exists(document) &&
           state_.redirects.count(document) > 0) {
      document = state_.redirects.at(document)->into;
    }
    source.set_document(document);
    if (document == restored || Exists(document)) *kept.Add() = source;
  }
  *record.mutable_sources() = Renamed(kept, "", "");
  return record;
}

}  // namespace labgraph::model
