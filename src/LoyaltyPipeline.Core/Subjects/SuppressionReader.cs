using System.Data.Common;
using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Reads who is suppressed.</summary>
public static class SuppressionReader
{
    /// <summary>Reads suppressions, by user.</summary>
    /// <param name="reporter">Hears of each user who was named and has none, and of each reason in full that none has, as
    /// <c>SuppressionNotFound</c>.</param>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>QueryFailed</c>.</exception>
    public static async IAsyncEnumerable<SuppressedUser> ReadAsync(
        IWarehouse warehouse, SuppressionQuery query, IRunReporter reporter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var stored = (await SchemaReader.RequireInitializedAsync(session, cancellationToken, Suppressed.Table))[Suppressed.Table];
        if (query.UserIds.Count > 0)
            await SubjectSql.PrepareAsync(session, query.UserIds, cancellationToken);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var missing = query.UserIds.ToHashSet();
        var reasons = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await using (var reader = await session.QueryAsync(Sql(query, stored), [], cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var user = Read(reader, today);
                missing.Remove(user.UserId);
                reasons.Add(user.Reason ?? string.Empty);
                if (IsWanted(user, query))
                    yield return user;
            }
        }

        foreach (var user in query.UserIds.Distinct().Where(missing.Contains))
            reporter.NotFound(LoyaltyErrors.SuppressionNotFound.Because($"The user {user} is not in SUPPRESSION.", user));
        foreach (var reason in NameMatch.Of(query.Reasons, reasons).Missing)
            reporter.NotFound(LoyaltyErrors.SuppressionNotFound.Because($"No suppression has the reason '{reason}'.", reason));
    }

    private static string Sql(SuppressionQuery query, TableShape stored)
    {
        var until = stored.Columns.ContainsKey(Suppressed.Until) ? $"s.{Suppressed.Until}" : "CAST(NULL AS DATE)";
        var where = query.UserIds.Count == 0 ? string.Empty : $" WHERE s.USER_ID IN ({SubjectSql.Of})";
        return $"""
            SELECT s.USER_ID, s.REASON, s.SINCE, {until}, m.USER_ID IS NOT NULL
            FROM {Suppressed.Table} AS s
            LEFT JOIN LOYALTY.MASTER AS m ON m.USER_ID = s.USER_ID{where}
            ORDER BY s.USER_ID, s.SINCE NULLS LAST
            """;
    }

    private static SuppressedUser Read(DbDataReader reader, DateOnly today)
    {
        var until = reader.DateAt(3);
        return new SuppressedUser
        {
            UserId = reader.LongAt(0),
            Reason = reader.TextAt(1),
            Since = reader.TimeAt(2),
            Until = until is { } day ? Midnight.Of(day) : null,
            IsCurrent = until is null || until >= today,
            IsUser = reader.GetBoolean(4),
        };
    }

    private static bool IsWanted(SuppressedUser user, SuppressionQuery query) =>
        (query.IsCurrent is null || user.IsCurrent == query.IsCurrent)
            && (query.Reasons.Count == 0 || (user.Reason is { } reason && NamePattern.FitsAny(query.Reasons, reason)));
}
