console.log("boot" as string);
