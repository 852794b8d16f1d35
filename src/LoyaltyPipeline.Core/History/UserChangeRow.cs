using System.Data.Common;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.History;

/// <summary>
/// Takes a row apart that holds a user before and after: USER_ID before and after, NULL where there is no such user, then each column
/// before and after.
/// </summary>
internal static class UserChangeRow
{
    /// <summary>SQL for the values of such a row.</summary>
    /// <param name="before">The expression of a column before.</param>
    /// <param name="after">The expression of a column after.</param>
    public static string Pairs(IEnumerable<CatalogColumn> columns, Func<CatalogColumn, string> before, Func<CatalogColumn, string> after) =>
        SqlText.List(columns.Select(column => $"{before(column)}, {after(column)}"));

    /// <summary>The columns that differ.</summary>
    /// <param name="reader">Stands at the row.</param>
    /// <param name="columns">The columns, in the order of the row.</param>
    public static IEnumerable<UserChange> Read(DbDataReader reader, IReadOnlyList<CatalogColumn> columns)
    {
        var change = reader.IsDBNull(0) ? UserChangeKind.Inserted : reader.IsDBNull(1) ? UserChangeKind.Deleted : UserChangeKind.Updated;
        var user = reader.LongAt(change == UserChangeKind.Inserted ? 1 : 0);
        for (var index = 0; index < columns.Count; index++)
        {
            var (before, after) = (reader.ValueAt((2 * index) + 2), reader.ValueAt((2 * index) + 3));
            if (!Equals(before, after))
                yield return new UserChange(user, change, columns[index].Name, Midnight.OfDay(before), Midnight.OfDay(after));
        }
    }
}
