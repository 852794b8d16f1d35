using Xunit;
using static LoyaltyPipeline.Core.Tests.Truth.Examples;
using static LoyaltyPipeline.Core.Tests.Truth.Moments;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>The columns that tell how a user needed help.</summary>
[Trait("Group", "TestSupport")]
public sealed class ReferenceSupportTests
{
    [Fact]
    public void Support_calls_of_the_latest_statement_up_to_the_day()
    {
        var row = Row(new()
        {
            SupportCalls = [new(7, Date("2024-03-31"), 2), new(7, Date("2024-03-30"), 9), new(7, Date("2024-04-01"), 5)],
        });

        Assert.Equal(2, row.SupportCalls30D);
    }

    [Fact]
    public void Chats_count_for_30_days_and_average_for_ever()
    {
        var row = Row(new()
        {
            SupportChats =
            [
                Chat(1) with { StartedAt = Time("2024-03-01 23:59:59.999999"), Satisfaction = 1 },
                Chat(2) with { StartedAt = Time("2024-03-02"), Satisfaction = 4 },
                Chat(3) with { StartedAt = Time("2024-03-31 23:59:59.999999") },
                Chat(4) with { StartedAt = Time("2024-04-01"), Satisfaction = 5 },
            ],
        });

        Assert.Equal(2, row.SupportChats30D);
        Assert.Equal(2.50m, row.AverageChatSatisfaction);
    }

    [Fact]
    public void Tickets_are_open_until_closed_by_the_end_of_the_day()
    {
        var row = Row(new()
        {
            IssueTickets =
            [
                Ticket(1),
                Ticket(2) with { OpenedAt = Time("2023-01-01"), ClosedAt = Time("2024-04-01") },
                Ticket(3) with { OpenedAt = Time("2024-03-02"), ClosedAt = Time("2024-03-31 23:59:59.999999") },
                Ticket(4) with { OpenedAt = Time("2024-03-01 23:59:59.999999"), ClosedAt = Time("2024-03-02") },
                Ticket(5) with { OpenedAt = Time("2024-04-01") },
            ],
        });

        Assert.Equal(2, row.OpenTickets);
        Assert.Equal(2, row.Tickets30D);
    }

    [Fact]
    public void Open_service_requests_and_help_views()
    {
        var row = Row(new()
        {
            ServiceRequests =
            [
                Request(1, "open"), Request(2, "open") with { RequestedAt = Time("2020-01-01") }, Request(3, "fulfilled"),
                Request(4, "declined"), Request(5, "open") with { RequestedAt = Time("2024-04-01") },
            ],
            ProductSupportUsage =
            [
                HelpView(1) with { ViewedAt = Time("2024-03-01 23:59:59.999999") }, HelpView(2) with { ViewedAt = Time("2024-03-02") },
                HelpView(3) with { ViewedAt = Time("2024-03-31 23:59:59.999999"), ContentType = "help_article" },
                HelpView(4) with { ViewedAt = Time("2024-04-01") },
            ],
        });

        Assert.Equal(2, row.OpenServiceRequests);
        Assert.Equal(2, row.HelpViews30D);
    }
}
