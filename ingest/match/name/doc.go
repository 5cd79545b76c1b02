// Package name takes trade names apart: «Ср-во д/посуды Лимон 0,5л (12шт) АКЦИЯ»
// becomes the words that name the product and the attributes that tell it from its
// siblings.
//
// In: a name as people or programs wrote it, in Cyrillic or Latin letters. Out:
// its tokens (words, numbers, codes of models and articles) and its attributes
// (sizes in millilitres, grams, millimetres and pieces, dilutions, colours, form,
// set or single) in one normal form.
//
// # Method
//
// The text is cut where the kind of character changes and where a capital follows
// a small letter (костейCrystal). Letters that only look like those of the other
// alphabet are exchanged (Cредство with a Latin C). A number takes the unit behind
// it; letters and digits that stand together are a code (DCM-390 is DCM390).
//
// Every token has a key: its stem, transliterated to Latin letters and folded by
// sound (cf. Philips 1990, Metaphone), so that Просепт and Prosept, Кристалл and
// Crystal are one. Stems are found by taking off the longest inflectional ending
// (cf. Porter's Snowball stemmer for Russian), which is quick and errs towards
// keeping letters.
//
// # What it refuses
//
// Nothing: what cannot be understood stays a word. Names longer than MaxLength are
// cut there.
package name
