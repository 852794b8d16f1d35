namespace LoyaltyPipeline.Core.Tests.Truth;

internal static class SupportColumns
{
    public static MasterRow WithContacts(
        this MasterRow row, IEnumerable<SupportCallsRow> calls, IEnumerable<SupportChatRow> chats, RunDay day)
    {
        var allChats = chats.ToList();
        return row with
        {
            SupportCalls30D = calls.MaxBy(call => call.AsOfDate)?.CallsLast30Days ?? 0,
            SupportChats30D = allChats.Count(chat => day.IsWithin30Days(chat.StartedAt)),
            AverageChatSatisfaction = Average.Of(allChats.Select(chat => chat.Satisfaction)),
        };
    }

    public static MasterRow WithRequests(
        this MasterRow row,
        IEnumerable<IssueTicketRow> tickets,
        IEnumerable<ServiceRequestRow> requests,
        IEnumerable<ProductSupportUsageRow> views,
        RunDay day)
    {
        var allTickets = tickets.ToList();
        return row with
        {
            OpenTickets = allTickets.Count(ticket => ticket.ClosedAt is not { } closedAt || !day.HasSeen(closedAt)),
            Tickets30D = allTickets.Count(ticket => day.IsWithin30Days(ticket.OpenedAt)),
            OpenServiceRequests = requests.Count(request => request.Status == "open"),
            HelpViews30D = views.Count(view => day.IsWithin30Days(view.ViewedAt)),
        };
    }
}
