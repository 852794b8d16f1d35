using System.Globalization;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>
/// Another calendar that calls itself the Gregorian one. The tests run without the data of cultures, as the containers of many do, and the
/// only culture that is then to be had allows no other.
/// </summary>
internal sealed class DisguisedCalendar(Calendar calendar) : GregorianCalendar
{
    public override int GetYear(DateTime time) => calendar.GetYear(time);

    public override int GetMonth(DateTime time) => calendar.GetMonth(time);

    public override int GetDayOfMonth(DateTime time) => calendar.GetDayOfMonth(time);
}
