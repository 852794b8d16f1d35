using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity.Checks;
using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Integrity.OwnChecks;

/// <summary>Runs a check that <c>pipeline.yml</c> declares. It fails alone, and ends when its time is up.</summary>
/// <param name="table">The table it is about; null for none.</param>
internal sealed class OwnQueryCheck(OwnCheck own, CatalogTable? table)
    : Check(new CheckDefinition(own.Id, own.Suite, table?.Name, Column: null, own.Description, own.Threshold))
{
    // The query says by itself what it reads.
    public override IEnumerable<TableNeed> Needs => [];

    public override IEnumerable<Measure> Measures(CheckContext context) =>
        table is not null && context.ShapeOf(table.Name) is not null ? [context.RowsOf(table.Name)] : [];

    public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var reach = await TablesInReach.FindAsync(context.Session, context.Tables, cancellationToken);
        await InTimeAsync(
            async token =>
            {
                await own.Query.AdmitAsync(context.Session, reach, own.Id, token);
                return true;
            },
            cancellationToken);
        return new Finding
        {
            Violations = await InTimeAsync(token => OfValuesAsync(context.Session.CountAsync(own.Query.Count, token)), cancellationToken),
            Total = Measures(context).Select(measure => (long?)context.Count(measure)).FirstOrDefault(),
            Rows = own.Query.Text,
            TakeSampleAsync = given => InTimeAsync(token => OfValuesAsync(SampleAsync(context, reach, token)), given),
        };
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(own.Timeout);
        try
        {
            return await work(limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw LoyaltyErrors.QueryFailed.Because($"The query took more than {own.Timeout.TotalSeconds:0} s.", own.Id);
        }
    }

    // The query has a plan, so it is a value that it fails on. The engine says which, and that may be somebody's.
    private async Task<T> OfValuesAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed)
        {
            throw LoyaltyErrors.QueryFailed.Because(
                $"{KindOf(failure.Message)}. What it says of the value is not shown; run the query to see it.", own.Id);
        }
    }

    // The engine begins with what kind of error it is.
    private static string KindOf(string message) => string.Join(": ", message.Split(": ").SkipLast(1).Take(2));

    // A text is not shown unless it is of a key of the catalog, as it stands there; whatever the column is called, and nothing that is made
    // of personal data.
    private Task<IReadOnlyList<string>> SampleAsync(CheckContext context, TablesInReach reach, CancellationToken cancellationToken)
    {
        var origins = own.Query.OriginsOf(context.Catalog, context.Locate, reach);
        return context.Session.ListAsync(
            own.Query.First(context.Options.Sample),
            [],
            reader => string.Join(
                ", ",
                Enumerable.Range(0, reader.FieldCount)
                    .Select(index => $"{reader.GetName(index)}={Shown(Said(reader, index), origins.At(index, reader.FieldCount))}")),
            cancellationToken);
    }

    private static object? Said(System.Data.Common.DbDataReader reader, int index) =>
        reader.ValueAt(index) ?? (reader.IsDBNull(index) ? null : new UnsayableTime(reader.UnsayableAt(index)));

    private static string Shown(object? value, ResultColumn origin) => value switch
    {
        null => "NULL",
        string text when origin.IsKey => text,
        string => PersonalDataMask.Masked,
        _ when origin.IsPersonal => PersonalDataMask.Masked,
        UnsayableTime time => time.Text,
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(format: null, System.Globalization.CultureInfo.InvariantCulture),
        _ => PersonalDataMask.Masked,
    };

    private sealed record UnsayableTime(string Text);
}
