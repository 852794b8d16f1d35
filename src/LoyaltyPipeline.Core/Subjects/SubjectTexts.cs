using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>
/// The texts of logs in which users of the session are named: samples of checks, of which the lines go, and messages, in which something
/// else takes the place of the user.
/// </summary>
/// <param name="tables">The tables that have rows of users.</param>
internal sealed class SubjectTexts(IWarehouseSession session, SubjectTables tables, IReadOnlyDictionary<string, TableShape> existing)
{
    private const string Checks = "LOYALTY.CHECK_RESULT";
    private const string Runs = "LOYALTY.RUN";

    private readonly List<(string Sql, object?[] Values)> _changes = [];
    private readonly List<(string Table, string RunId, string Text)> _mentions = [];

    /// <summary>What was found, as it stands there.</summary>
    public IReadOnlyList<(string Table, string RunId, string Text)> Mentions => _mentions;

    /// <summary>Finds them.</summary>
    /// <returns>How many rows of which table name each user.</returns>
    public async Task<ILookup<long, RemovedRows>> FindAsync(IReadOnlyList<long> users, CancellationToken cancellationToken)
    {
        var subjects = await DescribeAsync(users, cancellationToken);
        var named = new List<(long UserId, string Table)>();
        foreach (var (runId, checkId, sample, message) in await session.ListAsync(
            $"SELECT RUN_ID, CHECK_ID, VIOLATION_SAMPLE, MESSAGE FROM {Checks}", [],
            reader => (reader.TextAt(0), reader.TextAt(1), reader.TextAt(2), reader.TextAt(3)), cancellationToken))
        {
            var (left, hidden) = (sample, message);
            foreach (var (userId, subject) in subjects)
            {
                var (before, said) = (left, hidden);
                left = left is null ? null : subject.WithoutLines(left);
                hidden = hidden is null ? null : subject.Hide(hidden);
                if (left == before && hidden == said)
                    continue;
                named.Add((userId, Checks));
                _mentions.Add((Checks, runId ?? string.Empty, Lost(before, left, said, hidden)));
            }

            if (left != sample || hidden != message)
                _changes.Add((
                    $"UPDATE {Checks} SET VIOLATION_SAMPLE = ?, MESSAGE = ? WHERE RUN_ID = ? AND CHECK_ID = ?",
                    [left, hidden, runId, checkId]));
        }

        foreach (var (runId, message) in await session.ListAsync(
            $"SELECT RUN_ID, ERROR_MESSAGE FROM {Runs} WHERE ERROR_MESSAGE IS NOT NULL", [],
            reader => (reader.TextAt(0), reader.GetString(1)), cancellationToken))
        {
            var hidden = message;
            foreach (var (userId, subject) in subjects)
            {
                var before = hidden;
                hidden = subject.Hide(hidden);
                if (hidden == before)
                    continue;
                named.Add((userId, Runs));
                _mentions.Add((Runs, runId ?? string.Empty, before));
            }

            if (hidden != message)
                _changes.Add(($"UPDATE {Runs} SET ERROR_MESSAGE = ? WHERE RUN_ID = ?", [hidden, runId]));
        }

        return named.CountBy(entry => entry)
            .ToLookup(count => count.Key.UserId, count => new RemovedRows(count.Key.Table, count.Value));
    }

    /// <summary>Writes what was found without the users.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var (sql, values) in _changes)
            await session.ExecuteAsync(sql, values, cancellationToken);
    }

    private static string Lost(string? sample, string? left, string? said, string? hidden) => string.Join('\n', [
        .. sample?.Split('\n').Except(left?.Split('\n') ?? [], StringComparer.Ordinal) ?? [],
        .. said == hidden ? [] : new[] { said! },
    ]);

    private async Task<IReadOnlyList<(long UserId, SubjectText Text)>> DescribeAsync(
        IReadOnlyList<long> users, CancellationToken cancellationToken)
    {
        var columns = tables.Held.SelectMany(entry => entry.Columns).Distinct(StringComparer.Ordinal).ToList();
        var keys = (await session.ListAsync(
            SubjectSql.NotedKeys, [], reader => (UserId: reader.LongAt(0), Key: reader.GetString(1)), cancellationToken))
            .ToLookup(key => key.UserId, key => key.Key);
        var values = new List<(long UserId, string Value)>();
        foreach (var (table, ofUser) in tables.Held)
        {
            var personal = table.Columns.Where(column => column.PersonalData != PersonalData.None
                && existing[table.Name.ToString()].Columns.ContainsKey(column.Name));
            foreach (var column in personal)
                values.AddRange(await session.ListAsync(
                    $"""
                    SELECT DISTINCT {ofUser[0]}, CAST({column.Name} AS VARCHAR) FROM {table}
                    WHERE {ofUser[0]} IN ({SubjectSql.Of}) AND {column.Name} IS NOT NULL
                    """,
                    [], reader => (reader.LongAt(0), reader.GetString(1)), cancellationToken));
        }

        var ofUsers = values.ToLookup(value => value.UserId, value => value.Value);
        return [.. users.Select(user => (user, new SubjectText(user, columns, keys[user], ofUsers[user])))];
    }
}
