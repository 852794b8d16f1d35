using CsCheck;
using static LoyaltyPipeline.Core.Tests.Truth.Generators.DirtyCells;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

internal sealed class SupportGenerators(DirtyCells cells)
{
    private const int FirstSeriesId = 1000;

    public Gen<IReadOnlyList<SupportCallsRow>?> Calls => DirtyRows.Of(
        SourceDefinitions.SupportCalls,
        Gen.Select(
            Required(cells.User), Required(cells.Date), Required(NotNegative),
            (user, date, calls) => new SupportCallsRow(user, date, calls)),
        10);

    public Gen<IReadOnlyList<SupportChatRow>?> Chats => Gen.Select(
        DirtyRows.Of(SourceDefinitions.SupportChats, Chat, 10),
        RatingSeries.Of(cells.KnownUser),
        cells.Time,
        (rows, series, time) => series.Ratings.Count == 0
            ? rows
            : (IReadOnlyList<SupportChatRow>)[.. rows ?? [], .. series.Ratings.Select((rating, position) =>
                new SupportChatRow(FirstSeriesId + position, series.User, time, 60, rating))]);

    public Gen<IReadOnlyList<IssueTicketRow>?> Tickets => DirtyRows.Of(
        SourceDefinitions.IssueTickets,
        Gen.Select(
            Required(cells.Id), Required(cells.User), RequiredText(Accepted("technical", "operational")),
            RequiredText(Accepted("low", "medium", "high", "critical")), Required(cells.Time), Optional(cells.Time),
            (id, user, category, severity, opened, closed) => new IssueTicketRow(id, user, category, severity, opened, closed)),
        10);

    public Gen<IReadOnlyList<ServiceRequestRow>?> Requests => DirtyRows.Of(
        SourceDefinitions.ServiceRequests,
        Gen.Select(
            Required(cells.Id), Required(cells.User), RequiredText(Accepted("service", "feature")), Required(cells.Time),
            RequiredText(Accepted("open", "fulfilled", "declined")),
            (id, user, type, time, status) => new ServiceRequestRow(id, user, type, time, status)),
        10);

    public Gen<IReadOnlyList<ProductSupportUsageRow>?> Views => DirtyRows.Of(
        SourceDefinitions.ProductSupportUsage,
        Gen.Select(
            Required(cells.Id), Required(cells.User), RequiredText(Accepted("help_article", "faq")), RequiredText(cells.Text),
            Required(cells.Time),
            (id, user, type, content, time) => new ProductSupportUsageRow(id, user, type, content, time)),
        10);

    private Gen<SupportChatRow> Chat => Gen.Select(
        Required(cells.Id), Required(cells.User), Required(cells.Time), Required(NotNegative), Optional(Rating),
        (id, user, time, seconds, satisfaction) => new SupportChatRow(id, user, time, seconds, satisfaction));
}
