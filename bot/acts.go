package bot

import (
	"context"

	"github.com/distbase/distbase/storage"
)

// allActs is what buttons can do, and for whom.
func (b *Bot) allActs() map[string]act {
	analyst, admin, readers := []string{storage.RoleAnalyst}, []string{storage.RoleAdmin}, readerRoles()
	return map[string]act{
		"invite.accept": {open: true, do: with((*turn).acceptInvite)},

		"invite.role":       {roles: admin, do: with((*turn).inviteRole)},
		"invite.list":       {roles: admin, do: with((*turn).inviteDistributors)},
		"invite.regions":    {roles: admin, do: with((*turn).inviteRegions)},
		"invite.make":       {roles: admin, do: with((*turn).makeInvite)},
		"invite.revoke":     {roles: admin, do: with((*turn).revokeInvite)},
		"people.list":       {roles: admin, do: with((*turn).listPeople)},
		"people.show":       {roles: admin, do: with((*turn).showPerson)},
		"people.ask_revoke": {roles: admin, do: with((*turn).askRevoke)},
		"people.revoke":     {roles: admin, do: with((*turn).revokePerson)},

		"queue":          {roles: analyst, do: with((*turn).openReport)},
		"q.open":         {roles: analyst, do: with((*turn).openReport)},
		"q.answer":       {roles: analyst, do: with((*turn).answer)},
		"q.undo":         {roles: analyst, do: with((*turn).undo)},
		"q.later":        {roles: analyst, do: with((*turn).later)},
		"q.later_report": {roles: analyst, do: with((*turn).laterReport)},
		"q.show":         {roles: analyst, do: with((*turn).showAgain)},
		"q.same":         {roles: analyst, do: with((*turn).applySame)},
		"q.next":         {roles: analyst, do: with((*turn).showNext)},
		"q.more":         {roles: analyst, do: with((*turn).moreFound)},
		"q.reject":       {roles: analyst, do: with((*turn).rejectReport)},
		"q.lists":        {roles: analyst, do: with((*turn).openList)},
		"q.list":         {roles: analyst, do: with((*turn).showList)},
		"q.accept":       {roles: analyst, do: with((*turn).acceptList)},
		"q.ask.search":   {roles: analyst, do: asking(expectSearch)},
		"q.ask.factor":   {roles: analyst, do: asking(expectFactor)},
		"q.ask.sender":   {roles: analyst, do: asking(expectSender)},
		"q.ask.period":   {roles: analyst, do: asking(expectPeriod)},
		"l.columns":      {roles: analyst, do: with((*turn).chooseColumn)},
		"l.column":       {roles: analyst, do: with((*turn).chooseRole)},
		"l.titles":       {roles: analyst, do: with((*turn).chooseTitles)},
		"l.levels":       {roles: analyst, do: with((*turn).chooseLevel)},
		"l.kind":         {roles: analyst, do: with((*turn).chooseKind)},
		"l.period":       {roles: analyst, do: with((*turn).choosePeriod)},
		"l.fix":          {roles: analyst, do: with((*turn).fix)},
		"lay.owners":     {roles: analyst, do: with((*turn).layoutOwners)},
		"lay.list":       {roles: analyst, do: with((*turn).listLayouts)},
		"lay.show":       {roles: analyst, do: with((*turn).showLayout)},
		"lay.versions":   {roles: analyst, do: with((*turn).layoutVersions)},
		"lay.columns":    {roles: analyst, do: with((*turn).layoutColumns)},
		"lay.column":     {roles: analyst, do: with((*turn).layoutRoles)},
		"lay.levels":     {roles: analyst, do: with((*turn).layoutLevels)},
		"lay.fix":        {roles: analyst, do: with((*turn).fixLayout)},
		"lay.copy":       {roles: analyst, do: with((*turn).copyLayoutTo)},
		"lay.copy_ask":   {roles: analyst, do: with((*turn).askCopyLayout)},
		"lay.copy_yes":   {roles: analyst, do: with((*turn).copyLayout)},
		"lay.retire":     {roles: analyst, do: with((*turn).askRetireLayout)},
		"lay.retire_yes": {roles: analyst, do: with((*turn).retireLayout)},
		"lay.restore":    {roles: analyst, do: with((*turn).restoreLayout)},
		"lay.undo":       {roles: analyst, do: with((*turn).undoLayout)},
		"book.give":      {roles: analyst, do: with((*turn).giveWorkbook)},
		"book.apply":     {roles: analyst, do: with((*turn).applyWorkbook)},
		"book.undo":      {roles: analyst, do: with((*turn).undoWorkbook)},
		"book.cancel":    {roles: analyst, do: with((*turn).cancelWorkbook)},

		"summary.offer": {roles: readers, do: with(func(t *turn, ctx context.Context, _ struct{}) error { return t.offerSummary(ctx, "") })},
		"summary.send":  {roles: readers, do: with((*turn).sendSummary)},
		"sub.list":      {roles: readers, do: with((*turn).listSubscriptions)},
		"sub.kind":      {roles: readers, do: with((*turn).askTime)},
		"sub.door":      {roles: readers, do: with((*turn).askDoor)},
		"sub.make":      {roles: readers, do: with((*turn).makeSubscription)},
		"sub.end":       {roles: readers, do: with((*turn).endSubscription)},
		"sub.zone":      {roles: readers, do: with((*turn).askZone)},
		"sub.set_zone":  {roles: readers, do: with((*turn).setZone)},
	}
}

// asking makes an action that asks for a text about a question.
func asking(kind string) doing {
	return with(func(t *turn, ctx context.Context, a questionArgs) error { return t.ask(ctx, a, kind) })
}
