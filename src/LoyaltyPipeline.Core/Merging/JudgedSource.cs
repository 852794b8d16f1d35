using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>A source whose rows for a run date have been judged.</summary>
/// <param name="Table">The source.</param>
/// <param name="Accepted">A subquery that yields the accepted rows, with all columns of the catalog.</param>
/// <param name="Log">What was read, used and quarantined.</param>
/// <param name="RowsOfDay">Of the rows read those whose day is the run date; all of them, where no column says on which day a row
/// counts.</param>
internal sealed record JudgedSource(CatalogTable Table, string Accepted, SourceLog Log, long RowsOfDay);
