#include "server/search/name_index.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/search/fold.h"

namespace labgraph::search {
namespace {

void AddTerms(absl::string_view name, std::set<std::string>* terms) {
  std::vector<std::string> words = FoldWords(name);
  if (words.empty()) return;
  terms->insert(WholeNameTerm(JoinWords(words)));
  if (words.size() > 1 && words.size() <= kConcatenatedWords) {
    terms->insert(ConcatWords(words));
  }
  for (std::string& word : words) terms->insert(std::move(word));
}

}  // namespace

std::string WholeNameTerm(absl::string_view name) {
  return absl::StrCat(absl::string_view(&kWholeNameMark, 1), name);
}

absl::string_view KeyOfId(absl::string_view id) { return id.substr(id.find('/') + 1); }

std::set<std::string> NameIndex::Keys(keys::EntityNumber number,
                                      const v1::Entity& entity) const {
  std::set<std::string> terms;
  AddTerms(KeyOfId(entity.id()), &terms);
  for (const auto& [lang, name] : entity.names()) AddTerms(name, &terms);
  for (const v1::Alias& alias : entity.aliases()) AddTerms(alias.text(), &terms);
  std::set<std::string> keys;
  for (const std::string& term : terms) keys.insert(keys::TextKey(term, number));
  return keys;
}

}  // namespace labgraph::search
