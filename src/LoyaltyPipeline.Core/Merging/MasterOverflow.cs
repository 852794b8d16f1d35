using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Finds the users for whom the script makes a number that its type cannot hold. The engine says only that there is one, and one user's
/// impossible number stops the merge of everybody.
/// </summary>
/// <param name="render">The SELECT of the script over the relations of sources.</param>
/// <param name="relations">The relations that the merge reads.</param>
internal sealed class MasterOverflow(
    IWarehouseSession session, LoyaltyCatalog catalog, Func<IReadOnlyDictionary<TableName, string>, string> render,
    IReadOnlyDictionary<TableName, string> relations)
{
    private const int UsersNamed = 5;

    private readonly List<long> _users = [];

    /// <summary>Whether a failure may be one.</summary>
    /// <param name="failure">What the engine said.</param>
    public static bool IsLikely(LoyaltyException failure) => failure.Definition == LoyaltyErrors.QueryFailed
        && (failure.Message.Contains("out of range", StringComparison.OrdinalIgnoreCase)
            || failure.Message.Contains("overflow", StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds the users and the columns.</summary>
    /// <param name="failure">What the engine said.</param>
    /// <returns><c>MasterOverflow</c>; null where it is no single user's number.</returns>
    public async Task<LoyaltyException?> ExplainAsync(LoyaltyException failure, CancellationToken cancellationToken)
    {
        var bounds =
            (await session.ListAsync(
                $"SELECT MIN(USER_ID), MAX(USER_ID) FROM {relations[catalog.Users.Name]} AS u", [],
                reader => (First: reader.LongAt(0), Last: reader.LongAt(1)), cancellationToken))[0];
        await SearchAsync(bounds.First, bounds.Last, cancellationToken);
        if (_users.Count == 0)
            return null;
        var columns = new List<CatalogColumn>();
        foreach (var column in catalog.Master.Columns)
        {
            if (await FailsAsync(_users[0], _users[0], [column], cancellationToken))
                columns.Add(column);
        }

        var sources = columns.SelectMany(column => column.From).Select(from => from.Table.ToString())
            .Where(name => name != catalog.Users.Name.ToString()).Distinct(StringComparer.Ordinal);
        return LoyaltyErrors.MasterOverflow.Because(
            $"{catalog.Master} cannot hold {SqlText.List(columns.Select(column => $"{column.Name} ({column.Type})"))} of USER_ID {SqlText.List(_users.Select(user => user.ToString(System.Globalization.CultureInfo.InvariantCulture)))}: the number is out of range.",
            _users,
            $"Look at the rows of these users in {SqlText.List(sources.DefaultIfEmpty("the sources"))} and have them corrected, or give the column a wider type in catalog.yml and in Master_Table.sql. Nothing was changed.",
            failure);
    }

    private async Task SearchAsync(long first, long last, CancellationToken cancellationToken)
    {
        if (_users.Count == UsersNamed || !await FailsAsync(first, last, catalog.Master.Columns, cancellationToken))
            return;
        if (first == last)
        {
            _users.Add(first);
            return;
        }

        var middle = first + (long)(((ulong)last - (ulong)first) / 2);
        await SearchAsync(first, middle, cancellationToken);
        await SearchAsync(middle + 1, last, cancellationToken);
    }

    // The engine computes only what is counted.
    private async Task<bool> FailsAsync(long first, long last, IEnumerable<CatalogColumn> columns, CancellationToken cancellationToken)
    {
        var some = relations.ToDictionary(pair => pair.Key, pair => Of(catalog.Table(pair.Key.ToString()), pair.Value, first, last));
        try
        {
            await session.ListAsync(
                $"SELECT {SqlText.List(columns.Select(column => $"COUNT({column.Name})"))} FROM ({render(some)}) AS s", [], _ => 0,
                cancellationToken);
            return false;
        }
        catch (LoyaltyException failure) when (IsLikely(failure))
        {
            return true;
        }
    }

    private string Of(CatalogTable source, string relation, long first, long last)
    {
        var user = source == catalog.Users ? source.FindColumn(LoyaltyCatalog.User.Column) : source.OrphanColumn;
        return user is null ? relation : $"(SELECT * FROM {relation} AS r WHERE {user.Name} BETWEEN {first} AND {last})";
    }
}
