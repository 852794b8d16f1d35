namespace LoyaltyPipeline.Core.Tests.Truth;

internal static class RetentionColumns
{
    public static MasterRow WithRetention(this MasterRow row, IEnumerable<RetentionActionRow> actions)
    {
        var inOrder = actions.OrderBy(action => action.ActionAt).ThenBy(action => action.ActionId).ToList();
        var latest = inOrder.LastOrDefault();
        return row with
        {
            RetentionActions = inOrder.Count,
            LastRetentionAction = latest?.ActionType,
            LastRetentionActionAt = latest?.ActionAt,
            LastRetentionOutcome = latest?.Outcome,
        };
    }
}
