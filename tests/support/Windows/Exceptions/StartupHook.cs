using System.ComponentModel;
using System.Runtime.InteropServices;

/// <summary>
/// Lets .NET throw in Wine. Wine 8 keeps, for each thread, a list of the handlers that are at work, and enters one for the time in which it
/// asks the runtime whether it catches an exception. .NET 9 and later do not come back from there: they go on where the exception is
/// caught, and the list then leads to a place on the stack which is something else by now. The next exception of the thread calls it: the
/// runtime crashes, or stands still. Windows has no such list for programs of 64 bits.
/// </summary>
#pragma warning disable MA0047 // .NET finds it by this name, outside every namespace
internal static class StartupHook
#pragma warning restore MA0047
{
    private const uint Reserve = 0x3000;
    private const uint Writable = 0x04;
    private const uint Executable = 0x20;

    // What the system calls first for each exception, to empty the list. It cannot be C#: it is called where the runtime itself throws.
    // Nothing is emptied for the exceptions that Wine's own parts throw and catch by that list, such as those of remote calls: they are no
    // errors (0xC...), and not of a language (0xE...).
    private static ReadOnlySpan<byte> EmptyTheList =>
    [
        0x48, 0x8B, 0x01,                                                             // mov rax, [rcx]              the exception
        0x8B, 0x00,                                                                   // mov eax, [rax]              its code
        0x3D, 0x78, 0x56, 0x34, 0x02,                                                 // cmp eax, 0x02345678         the JIT's own
        0x74, 0x07,                                                                   // je  empty
        0x3D, 0x00, 0x00, 0x00, 0xC0,                                                 // cmp eax, 0xC0000000
        0x72, 0x0D,                                                                   // jb  end
        0x65, 0x48, 0xC7, 0x04, 0x25, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, // empty: mov qword gs:[0], -1 the list of this thread
        0x31, 0xC0,
                                                                          // end: xor eax, eax           go on looking for who catches it
        0xC3,                                                                         // ret
    ];

    /// <summary>Called by .NET before the program begins.</summary>
    public static void Initialize()
    {
        var code = VirtualAlloc(IntPtr.Zero, (nuint)EmptyTheList.Length, Reserve, Writable);
        Check(code != IntPtr.Zero);
        Marshal.Copy(EmptyTheList.ToArray(), 0, code, EmptyTheList.Length);
        Check(VirtualProtect(code, (nuint)EmptyTheList.Length, Executable, out _));
        Check(AddVectoredExceptionHandler(1, code) != IntPtr.Zero);
    }

    private static void Check(bool done)
    {
        if (!done)
            throw new Win32Exception();
    }

    [DllImport("kernel32", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr VirtualAlloc(IntPtr address, nuint size, uint kind, uint protection);

    [DllImport("kernel32", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool VirtualProtect(IntPtr address, nuint size, uint protection, out uint before);

    [DllImport("kernel32", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr AddVectoredExceptionHandler(uint first, IntPtr handler);
}
