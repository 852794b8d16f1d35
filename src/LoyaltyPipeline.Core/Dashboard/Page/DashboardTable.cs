namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>Data, as rows.</summary>
/// <param name="Columns">What the cells of a row are.</param>
/// <param name="Rows">The rows; a cell is a text, a number, a truth value, a <see cref="DashboardState"/> or null.</param>
internal sealed record DashboardTable(IReadOnlyList<DashboardColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
