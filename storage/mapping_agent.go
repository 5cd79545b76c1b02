package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// AgentMapping says which rep an agent is.
type AgentMapping struct {
	ID            int64
	DistributorID int64
	AgentID       int64
	Verdict       string
	RepID         *int64
	DecidedBy     *int64 // nil: distbase was certain
	Reason        string // machine words, parted by "; "
	Confidence    decimal.NullDecimal
	Model         string // which matcher decided; empty: a person
}

// SetAgentMapping makes m the mapping in force of its agent; the earlier one is kept,
// superseded. It returns the ids of both, 0 where there was none.
func SetAgentMapping(ctx context.Context, q Querier, m AgentMapping) (id, before int64, err error) {
	if before, err = EndAgentMapping(ctx, q, m.DistributorID, m.AgentID, m.DecidedBy); err != nil {
		return 0, 0, err
	}
	if err = q.QueryRow(ctx, addAgentMapping+` returning id`, m.values()...).Scan(&id); err != nil {
		return 0, 0, fmt.Errorf("map agent %d: %w", m.AgentID, err)
	}
	return id, before, nil
}

const addAgentMapping = `
	insert into agent_mapping (distributor_id, agent_id, verdict, rep_id, decided_by, reason, confidence, model)
	values ($1, $2, $3, $4, $5, $6, $7, $8)`

func (m AgentMapping) values() []any {
	return []any{m.DistributorID, m.AgentID, m.Verdict, m.RepID, m.DecidedBy, clean(m.Reason), m.Confidence, m.Model}
}

// MapAgents puts mappings in force of agents that have none; others stay as they are.
func MapAgents(ctx context.Context, q Querier, list []AgentMapping) error {
	batch := &pgx.Batch{}
	for _, m := range list {
		batch.Queue(addAgentMapping+` on conflict (distributor_id, agent_id) where superseded_at is null do nothing`, m.values()...)
	}
	if err := q.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("map agents: %w", err)
	}
	return nil
}

// EndAgentMapping leaves an agent without a mapping in force and returns the id of the
// one that was, or 0. by is who takes it back, nil for distbase.
func EndAgentMapping(ctx context.Context, q Querier, distributorID, agentID int64, by *int64) (before int64, err error) {
	err = q.QueryRow(ctx, `
		update agent_mapping set superseded_at = now(), ended_by = $3
		where distributor_id = $1 and agent_id = $2 and superseded_at is null returning id`, distributorID, agentID, by).Scan(&before)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, fmt.Errorf("end mapping of agent %d: %w", agentID, err)
	}
	return before, nil
}

// AgentMappingByID returns a mapping, be it in force or superseded.
func AgentMappingByID(ctx context.Context, q Querier, distributorID, id int64) (AgentMapping, error) {
	rows, err := q.Query(ctx, `
		select id, distributor_id, agent_id, verdict, rep_id, decided_by, reason, confidence, model
		from agent_mapping where distributor_id = $1 and id = $2`, distributorID, id)
	return oneMapping[AgentMapping](rows, err, id)
}

// UnmappedAgent is an agent without a verdict.
type UnmappedAgent struct {
	Agent
	Weight
	FirstSeen int64
	Refused   bool // a person took a mapping of it back: distbase does not decide again
}

// UnmappedAgents lists the agents of a distributor that nobody has decided on, worth the
// most first: those of a submission, or with 0 all, those asked about too.
func UnmappedAgents(ctx context.Context, q Querier, distributorID, submissionID int64) ([]UnmappedAgent, error) {
	if err := hashJoins(ctx, q, true); err != nil {
		return nil, err
	}
	rows, err := q.Query(ctx, `
		with unmapped as materialized (
			select a.* from agent a
			where a.distributor_id = $1
				and not exists (select from agent_mapping m where m.distributor_id = a.distributor_id and m.agent_id = a.id and m.superseded_at is null)
				and ($2 = 0 or a.id in (select s.agent_id from sale s where s.distributor_id = $1 and s.submission_id = $2))),
		weight as (
			select s.agent_id, sum(s.amount) as amount, sum(s.quantity) as quantity, count(*)::int as lines, count(distinct s.client_id)::int as clients
			from sale s join submission b on b.id = s.submission_id and b.state = 'loaded'
			where s.distributor_id = $1 and s.agent_id in (select id from unmapped) group by s.agent_id)
		select a.id, a.distributor_id, a.key, a.name, coalesce(f.amount, 0)::text, coalesce(f.quantity, 0)::text, coalesce(f.lines, 0), coalesce(f.clients, 0), a.first_seen,
			exists (select from agent_mapping m where m.distributor_id = a.distributor_id and m.agent_id = a.id and m.ended_by is not null)
		from unmapped a left join weight f on f.agent_id = a.id
		order by coalesce(f.amount, 0) desc, a.id`, distributorID, submissionID)
	if err != nil {
		return nil, fmt.Errorf("list unmapped agents: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (UnmappedAgent, error) {
		var u UnmappedAgent
		err := row.Scan(&u.ID, &u.DistributorID, &u.Key, &u.Name, &u.Amount, &u.Quantity, &u.Lines, &u.Clients, &u.FirstSeen, &u.Refused)
		return u, err
	})
	if err != nil {
		return nil, fmt.Errorf("list unmapped agents: %w", err)
	}
	return all, hashJoins(ctx, q, false)
}

// TiedAgent is an agent that is tied to a rep.
type TiedAgent struct {
	Name      string
	RepID     int64
	Confirmed bool // by a person
}

// TiedAgents lists the agents of a distributor that are tied to reps.
func TiedAgents(ctx context.Context, q Querier, distributorID int64) ([]TiedAgent, error) {
	rows, err := q.Query(ctx, `
		select a.name, m.rep_id, m.decided_by is not null
		from agent_mapping m join agent a on a.distributor_id = m.distributor_id and a.id = m.agent_id
		where m.distributor_id = $1 and m.superseded_at is null and m.rep_id is not null order by m.id`, distributorID)
	if err != nil {
		return nil, fmt.Errorf("list tied agents: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[TiedAgent])
	if err != nil {
		return nil, fmt.Errorf("list tied agents: %w", err)
	}
	return all, nil
}
