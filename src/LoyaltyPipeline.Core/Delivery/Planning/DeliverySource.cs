using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery.Log;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>The rows of a delivery in SQL, whole or by ranges of users, in the order of users.</summary>
/// <param name="audience">Who may be sent.</param>
/// <param name="form">How rows look.</param>
internal sealed class DeliverySource(Audience audience, DeliveryForm form)
{
    private const string Changes = "c";

    /// <summary>SQL of the rows of a Full within a range of users.</summary>
    /// <param name="isStoredInOrder">Whether Master has them in order and nobody is suppressed, so that nothing needs to be joined or
    /// sorted.</param>
    public string Full(UserRange range, bool isStoredInOrder) => isStoredInOrder && form.SaltJoin.Length == 0
        ? $"SELECT {Values} FROM {audience.Table} AS {DeliveryForm.Users} WHERE {audience.IsSentUnlessSuppressed} AND {range.Holds($"{DeliveryForm.Users}.USER_ID")}"
        : $"""
        SELECT {Values} FROM {audience.From}{form.SaltJoin}
        WHERE {audience.IsOfSegment} AND ({audience.LeftOut}) IS NULL AND {range.Holds($"{DeliveryForm.Users}.USER_ID")} ORDER BY {DeliveryForm.Users}.USER_ID
        """;

    private string Values => SqlText.List(form.Columns.Select(column => $"{column.Value} AS {column.Name}"));

    /// <summary>SQL of the rows of a Diff within a range of users. Who is removed has nothing but an id.</summary>
    /// <param name="number">The delivery that has written its changes.</param>
    public string Diff(UserRange range, long feedId, long number) =>
        $"""
        SELECT {Changes}.{DeliveryForm.Change}, {SqlText.List(form.Columns.Select(column => $"{(column.Name == DeliveryForm.UserId ? $"{Changes}.USER_ID" : column.Value)} AS {column.Name}"))}
        FROM (SELECT * FROM ({DeliveredMembers.ChangesOf(feedId, number)}) AS a WHERE {range.Holds("a.USER_ID")}) AS {Changes}
        LEFT JOIN (SELECT {DeliveryForm.Users}.* FROM {audience.From} WHERE {audience.IsOfSegment} AND ({audience.LeftOut}) IS NULL AND {range.Holds($"{DeliveryForm.Users}.USER_ID")}) AS {DeliveryForm.Users}
        ON {DeliveryForm.Users}.USER_ID = {Changes}.USER_ID{form.SaltJoin} ORDER BY {Changes}.USER_ID
        """;
}
